package org.espalier.bench.peer;

import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.bench.task.Inference;
import org.espalier.bench.task.Mlp;
import org.espalier.bench.task.Product;
import org.espalier.bench.task.Task;
import org.espalier.bench.task.Training;
import org.espalier.kernel.KernelChoice;
import org.espalier.kernel.Kernels;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Relu;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.infer.Workspace;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;

/**
 * The subject: kernels where a task is one of arrays and one thread, the library's own interface where it is one of
 * networks or threads.
 */
final class Espalier implements Peer {
    private final Peer kernels = new EspalierKernels(Peers.SUBJECT, Kernels::active);

    @Override
    public String name() {
        return Peers.SUBJECT;
    }

    @Override
    public String describe() {
        return KernelChoice.current().reason();
    }

    @Override
    public Optional<Supplier<Work>> offer(Task task) {
        return switch (task) {
            case Inference inference -> Optional.of(() -> infer(inference));
            case Training training -> Optional.of(() -> EspalierTraining.of(training));
            case Product product when task.threads() > 1 -> Optional.of(() -> EspalierTensor.product(product));
            default -> kernels.offer(task);
        };
    }

    private static Work infer(Inference task) {
        var model = InferenceModel.of(model(task.net()));
        var x = task.x();
        if (task.threads() > 1) {
            var samples = Storage.adopt(Shape.of(task.batch(), task.net().inputs()), x);
            return EspalierTensor.tensor(task.threads(), () -> model.predict(samples));
        }
        var y = new float[task.batch() * task.net().outputs()];
        var workspace = new Workspace();
        return Work.filling(y, () -> model.predict(x, task.batch(), y, workspace));
    }

    static Sequential model(Mlp net) {
        var layers = new Layer[2 * net.layers() - 1];
        for (int l = 0; l < net.layers(); l++) {
            var weight = Storage.adopt(Shape.of(net.out(l), net.in(l)), net.weight(l));
            var bias = Storage.adopt(Shape.of(net.out(l)), net.bias(l));
            layers[2 * l] = Linear.of(weight, bias);
            if (l > 0) {
                layers[2 * l - 1] = Relu.INSTANCE;
            }
        }
        return Sequential.of(layers);
    }
}

package org.espalier.bench.peer;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.espalier.bench.task.AutogradGraph;
import org.espalier.bench.task.Inference;
import org.espalier.bench.task.MatrixProduct;
import org.espalier.bench.task.Mlp;
import org.espalier.bench.task.Sparse;
import org.espalier.bench.task.Training;
import org.espalier.bench.task.Workload;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.Workspace;
import org.espalier.prune.deploy.Deploy;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The subject: kernels where a task is one of arrays and one thread, the library's own interface where it is one of
 * networks or threads.
 */
final class EspalierPeer implements Peer {
    private final Peer kernels = new EspalierKernels(Peers.SUBJECT, () -> KernelChoice.current().dense());

    @Override
    public String name() {
        return Peers.SUBJECT;
    }

    @Override
    public String describe() {
        return KernelChoice.current().reason();
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        return switch (task) {
            case Inference inference -> Optional.of(() -> infer(inference));
            case Sparse sparse -> Optional.of(() -> layer(sparse));
            case Training training -> Optional.of(() -> EspalierTraining.of(training));
            case AutogradGraph graph -> Optional.of(() -> EspalierTensor.graph(graph));
            case MatrixProduct product when task.threads() > 1 -> Optional.of(() -> EspalierTensor.product(product));
            default -> kernels.offer(task);
        };
    }

    private static Work infer(Inference task) {
        var layers = model(task.net());
        var x = task.x();
        var samples = Storage.adopt(Shape.of(task.batch(), task.net().inputs()), x);
        var deployed = task.net().isPruned()
                ? Optional.of(Deploy.measure(layers, samples, task.batch()))
                : Optional.<Deploy>empty();
        var model = deployed.map(Deploy::model).orElseGet(() -> InferenceModel.of(layers));
        if (task.threads() > 1) {
            return EspalierTensor.tensor(task.threads(), () -> model.predict(samples));
        }
        var y = new float[task.batch() * task.net().outputs()];
        var workspace = new Workspace();
        return Work.filling(y, () -> model.predict(x, task.batch(), y, workspace))
                .noting(deployed.map(EspalierPeer::formats).orElse(""));
    }

    /** The layer as a pruned model is deployed: samples are rows, the format is the one that measures fastest. */
    private static Work layer(Sparse task) {
        int batch = task.batch();
        var weight = Storage.adopt(Shape.of(task.out(), task.in()), task.w());
        var deployed = Deploy.measure(Linear.of(weight, Tensor.zeros(Shape.of(task.out()))), batch);
        var x = Storage.array(Storage.adopt(Shape.of(task.in(), batch), task.x()).transpose());
        var y = new float[batch * task.out()];
        var workspace = new Workspace();
        Runnable predict = () -> deployed.model().predict(x, batch, y, workspace);
        return new Work() {
            @Override
            public Object run() {
                predict.run();
                return y;
            }

            @Override
            public float[] result() {
                predict.run();
                return Storage.array(Storage.adopt(Shape.of(batch, task.out()), y).transpose());
            }

            @Override
            public String note() {
                return formats(deployed);
            }
        };
    }

    private static String formats(Deploy deployed) {
        return deployed.table().layers().stream()
                .map(line -> line.chosen().stream().map(Format::name).distinct().collect(Collectors.joining("/")))
                .collect(Collectors.joining(", ")).toLowerCase(Locale.ROOT);
    }

    static Sequential model(Mlp net) {
        var layers = new Layer[2 * net.layers() - 1];
        for (int l = 0; l < net.layers(); l++) {
            var weight = Storage.adopt(Shape.of(net.out(l), net.in(l)), net.weight(l));
            var bias = Storage.adopt(Shape.of(net.out(l)), net.bias(l));
            var linear = Linear.of(weight, bias);
            if (net.zeros().get(l) > 0) {
                linear.weight().assignMask(Mask.nonZero(weight));
            }
            layers[2 * l] = linear;
            if (l > 0) {
                layers[2 * l - 1] = Activation.relu();
            }
        }
        return Sequential.of(layers);
    }
}

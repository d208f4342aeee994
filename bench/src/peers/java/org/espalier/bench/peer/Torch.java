package org.espalier.bench.peer;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.bench.task.AutogradGraph;
import org.espalier.bench.task.Dense;
import org.espalier.bench.task.Inference;
import org.espalier.bench.task.MatrixProduct;
import org.espalier.bench.task.Mlp;
import org.espalier.bench.task.Sparse;
import org.espalier.bench.task.Training;
import org.espalier.bench.task.Workload;

/**
 * libtorch through DJL, by the thinnest calls DJL has: the native functions themselves, without blocks, trainers or
 * parameter stores above them.
 */
public final class Torch implements Peer {
    @Override
    public String name() {
        return "libtorch";
    }

    @Override
    public String describe() {
        load(1);
        return "libtorch " + Engine.getEngine("PyTorch").getVersion() + " through DJL " + Engine.getDjlVersion() + ", "
                + JniUtils.getNumThreads() + " threads in this process";
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        return switch (task) {
            case Inference inference -> Optional.of(() -> infer(inference));
            case AutogradGraph graph -> Optional.of(() -> TorchGraph.of(graph));
            case Training training when !training.net().isPruned() -> Optional.of(() -> TorchTraining.of(training));
            case MatrixProduct product when product.m() == 1024 && product.n() == 1024 && product.k() == 1024 ->
                    Optional.of(() -> product(product));
            case Dense dense -> Optional.of(() -> dense(dense));
            case Sparse sparse when sparse.isDense() -> Optional.of(() -> layer(sparse));
            default -> Optional.empty();
        };
    }

    /** Loads the library and limits it; gradients are off until asked for. */
    static NDManager load(int threads) {
        // DJL asks the network for a better version otherwise, and reports home.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        var manager = Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
        JniUtils.setNumThreads(threads);
        JniUtils.setGradMode(false);
        return manager;
    }

    static PtNDArray array(NDManager manager, float[] values, long... shape) {
        return (PtNDArray) manager.create(values, new Shape(shape));
    }

    /** Weight and bias of each layer in turn. */
    static List<PtNDArray> parameters(NDManager manager, Mlp net) {
        var parameters = new ArrayList<PtNDArray>();
        for (int l = 0; l < net.layers(); l++) {
            parameters.add(array(manager, net.weight(l), net.out(l), net.in(l)));
            parameters.add(array(manager, net.bias(l), net.out(l)));
        }
        return parameters;
    }

    /** The logits; what lies between is left in {@code between}, for the caller to close. */
    static PtNDArray forward(PtNDArray x, List<PtNDArray> parameters, List<PtNDArray> between) {
        var y = x;
        for (int i = 0; i < parameters.size(); i += 2) {
            if (i > 0) {
                y = JniUtils.relu(y);
                between.add(y);
            }
            y = JniUtils.linear(y, parameters.get(i), parameters.get(i + 1));
            between.add(y);
        }
        return between.removeLast();
    }

    private static Work infer(Inference task) {
        var manager = load(task.threads());
        var parameters = parameters(manager, task.net());
        var x = array(manager, task.x(), task.batch(), task.net().inputs());
        return new Once(() -> {
            var between = new ArrayList<PtNDArray>();
            var logits = forward(x, parameters, between);
            between.forEach(PtNDArray::close);
            return logits;
        });
    }

    private static Work product(MatrixProduct task) {
        var manager = load(task.threads());
        var a = array(manager, task.a(), task.m(), task.k());
        var b = array(manager, task.b(), task.k(), task.n());
        return new Once(() -> JniUtils.matmul(a, b));
    }

    /** The layer that nothing was pruned from; of compressed formats, DJL reaches none but coordinates. */
    private static Work layer(Sparse task) {
        var manager = load(task.threads());
        var w = array(manager, task.w(), task.out(), task.in());
        var x = array(manager, task.x(), task.in(), task.batch());
        return new Once(() -> JniUtils.matmul(w, x));
    }

    private static Work dense(Dense task) {
        var manager = load(task.threads());
        var x = array(manager, task.x(), task.batch(), task.in());
        var w = array(manager, task.w(), task.out(), task.in());
        return new Once(() -> JniUtils.linear(x, w, null));
    }

    /** A call that makes one array, freed at once: libtorch reuses its memory. */
    private record Once(Supplier<PtNDArray> call) implements Work {
        @Override
        public Object run() {
            var made = call.get();
            made.close();
            return made;
        }

        @Override
        public float[] result() {
            try (var made = call.get()) {
                return made.toFloatArray();
            }
        }
    }
}

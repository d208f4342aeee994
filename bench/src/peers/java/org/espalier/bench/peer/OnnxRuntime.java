package org.espalier.bench.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.espalier.bench.task.Inference;
import org.espalier.bench.task.Sparse;
import org.espalier.bench.task.Workload;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.onnx.OnnxFile;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** ONNX Runtime with all its graph optimizations, its weights packed when the session opens. */
public final class OnnxRuntime implements Peer {
    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public String describe() {
        return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion() + ", CPU provider";
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        return switch (task) {
            case Inference inference -> Optional.of(() -> network(inference));
            case Sparse sparse when sparse.isDense() -> Optional.of(() -> layer(sparse));
            default -> Optional.empty();
        };
    }

    private static Work network(Inference task) {
        var net = task.net();
        return new Session(
                EspalierPeer.model(net), task.threads(), task.batch(), net.inputs(), net.outputs(), task.x());
    }

    /** The layer that nothing was pruned from; samples are rows. */
    private static Work layer(Sparse task) {
        var x = transposed(task.in(), task.batch(), task.x());
        var weight = Storage.adopt(Shape.of(task.out(), task.in()), task.w());
        var layer = Linear.of(weight, Tensor.zeros(Shape.of(task.out())));
        var session = new Session(layer, 1, task.batch(), task.in(), task.out(), x);
        return new Work() {
            @Override
            public Object run() {
                return session.run();
            }

            @Override
            public float[] result() {
                return transposed(task.batch(), task.out(), session.result());
            }
        };
    }

    private static float[] transposed(int rows, int cols, float[] x) {
        var y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i % cols * rows + i / cols] = x[i];
        }
        return y;
    }

    /** Input and output buffers outside the heap, both bound once: a run copies nothing. */
    private static final class Session implements Work {
        private final OrtSession session;
        private final Map<String, OnnxTensor> input;
        private final Map<String, OnnxTensor> output;
        private final FloatBuffer logits;

        Session(Layer model, int threads, int batch, int inputs, int outputs, float[] values) {
            try {
                var environment = OrtEnvironment.getEnvironment();
                var options = new OrtSession.SessionOptions();
                options.setIntraOpNumThreads(threads);
                options.setInterOpNumThreads(1);
                options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                session = environment.createSession(OnnxFile.of(model).toBytes(), options);
                var x = buffer(batch * inputs);
                x.put(0, values);
                logits = buffer(batch * outputs);
                input = Map.of("input", OnnxTensor.createTensor(
                        environment, x, new long[] {batch, inputs}));
                output = Map.of("output", OnnxTensor.createTensor(
                        environment, logits, new long[] {batch, outputs}));
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }

        private static FloatBuffer buffer(int floats) {
            return ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
        }

        @Override
        public Object run() {
            try (var result = session.run(input, Set.of(), output)) {
                return result;
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public float[] result() {
            run();
            var values = new float[logits.capacity()];
            logits.get(0, values);
            return values;
        }
    }
}

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
import org.espalier.bench.task.Task;

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
    public Optional<Supplier<Work>> offer(Task task) {
        return task instanceof Inference inference ? Optional.of(() -> new Session(inference)) : Optional.empty();
    }

    /** Input and output buffers outside the heap, both bound once: a run copies nothing. */
    private static final class Session implements Work {
        private final OrtSession session;
        private final Map<String, OnnxTensor> input;
        private final Map<String, OnnxTensor> output;
        private final FloatBuffer logits;

        Session(Inference task) {
            try {
                var environment = OrtEnvironment.getEnvironment();
                var options = new OrtSession.SessionOptions();
                options.setIntraOpNumThreads(task.threads());
                options.setInterOpNumThreads(1);
                options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
                session = environment.createSession(OnnxBytes.model(task.net(), task.batch()), options);
                var x = buffer(task.batch() * task.net().inputs());
                x.put(0, task.x());
                logits = buffer(task.batch() * task.net().outputs());
                input = Map.of(OnnxBytes.INPUT, OnnxTensor.createTensor(
                        environment, x, new long[] {task.batch(), task.net().inputs()}));
                output = Map.of(OnnxBytes.OUTPUT, OnnxTensor.createTensor(
                        environment, logits, new long[] {task.batch(), task.net().outputs()}));
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

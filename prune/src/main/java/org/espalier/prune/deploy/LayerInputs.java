package org.espalier.prune.deploy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.step.LinearFormat;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * What reaches the linear layers of a model: rows to measure them with. How long dense weights take depends on how many
 * inputs are zero.
 */
final class LayerInputs {
    private final int count;
    private final Map<String, float[]> rows = new HashMap<>();

    private LayerInputs(int count) {
        this.count = count;
    }

    /**
     * Runs the model, its weights dense.
     *
     * @param samples inputs [n, …], taken again and again if they are fewer; normally distributed ones if empty
     * @param count how many rows
     * @throws ShapeException if there is no sample, or one has another length than the model's inputs
     */
    static LayerInputs of(Layer model, Optional<Tensor> samples, int count) {
        var inputs = new LayerInputs(count);
        var recording = InferenceModel.of(model, inputs::recording);
        int in = recording.in();
        var x = samples.orElseGet(() -> Rng.of(0).normal(Shape.of(count, in), 1));
        int available = x.rank() < 2 ? 0 : x.dim(0);
        if (available == 0 || x.size() != (long) available * in) {
            throw new ShapeException("deploy: needs samples [n, " + in + "], not " + x.shape());
        }
        var all = new float[Shape.of(count, in).size()];
        for (int row = 0; row < count; row++) {
            System.arraycopy(Storage.array(x), row % available * in, all, row * in, in);
        }
        recording.predict(all, count, new float[Shape.of(count, recording.out()).size()], new Workspace());
        return inputs;
    }

    /** The rows [count × in] that reach a layer. */
    float[] of(String layer) {
        return rows.get(layer);
    }

    private Step recording(LinearFormat.Weights weights) {
        var own = new float[Shape.of(count, weights.in()).size()];
        rows.put(weights.name(), own);
        return new Recording(LinearFormat.dense().step(weights), own);
    }

    /** A step that keeps its inputs. */
    private static final class Recording implements Step {
        private final Step step;
        private final float[] kept;
        private int at;

        Recording(Step step, float[] kept) {
            this.step = step;
            this.kept = kept;
        }

        @Override
        public int in() {
            return step.in();
        }

        @Override
        public int out() {
            return step.out();
        }

        @Override
        public long bytes() {
            return step.bytes();
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            System.arraycopy(x, xo, kept, at, rows * in());
            at += rows * in();
            step.apply(x, xo, rows, y, yo, workspace);
        }
    }
}

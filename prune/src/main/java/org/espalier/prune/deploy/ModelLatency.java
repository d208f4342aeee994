package org.espalier.prune.deploy;

import java.util.Arrays;
import java.util.Locale;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.step.Workspace;
import org.espalier.prune.graph.Shrink;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;

/**
 * The latency of a whole model on this machine, on one thread, shrunk and each layer in its fastest format. Not part of
 * any report, because no two measurements are the same.
 *
 * @param machine what it was measured with
 * @param batch rows in a call
 * @param median microseconds of the median call
 * @param tail microseconds that 99 of 100 calls do not exceed
 */
public record ModelLatency(String machine, int batch, double median, double tail) {
    private static final int CALLS = 2000;
    private static final long PATIENCE = 2_000_000_000L;

    /**
     * Measures.
     *
     * @param model layers as {@link InferenceModel} takes them
     * @throws IllegalArgumentException if the batch is not positive or the model has a layer that is not supported
     */
    public static ModelLatency measure(Layer model, int batch) {
        return of(Deploy.measure(Shrink.of(model).model(), batch).model(), batch);
    }

    private static ModelLatency of(InferenceModel model, int batch) {
        float[] x = Rng.of(0).normal(Shape.of(batch, model.in()), 1).toArray();
        var y = new float[batch * model.out()];
        var workspace = new Workspace();
        var micros = new double[CALLS];
        long begin = System.nanoTime();
        int calls = 0;
        // Twice: what the first round measures, before all is compiled, the second one overwrites.
        for (int round = 0; round < 2; round++) {
            for (calls = 0; calls < CALLS && (calls == 0 || System.nanoTime() - begin < PATIENCE); calls++) {
                long start = System.nanoTime();
                model.predict(x, batch, y, workspace);
                micros[calls] = (System.nanoTime() - start) / 1000.0;
            }
        }
        double[] sorted = Arrays.copyOf(micros, calls);
        Arrays.sort(sorted);
        return new ModelLatency(
                Stopwatch.machine(), batch, sorted[(calls - 1) / 2], sorted[(int) Math.ceil(0.99 * calls) - 1]);
    }

    /** For example {@code batch 1: median 12.3 µs, 99 % within 14.0 µs, on …}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "batch %d: median %.1f µs, 99 %% within %.1f µs, on %s", batch, median, tail, machine);
    }
}

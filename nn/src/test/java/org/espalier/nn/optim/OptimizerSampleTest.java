package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Rng;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule against its published formula. */
class OptimizerSampleTest {
    private static final int SIZE = 37;

    @ParameterizedTest
    @MethodSource("org.espalier.nn.optim.OptimizerSample#all")
    void aThousandRandomStepsFollowTheDoublePrecisionReference(OptimizerSample sample) {
        var rng = Rng.of(11);
        var start = rng.normal(org.espalier.tensor.Shape.of(SIZE), 1);
        var model = Weights.of(start);
        var optimizer = sample.rule().bind(model);
        var w = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            w[i] = start.get(i);
        }
        var slots = new double[sample.rule().slots().size()][SIZE];
        double largest = 1;
        for (int t = 1; t <= 1000; t++) {
            var gradient = rng.normal(start.shape(), 1).toArray();
            var g = new double[SIZE];
            for (int i = 0; i < SIZE; i++) {
                // Gradients that change little from step to step, as real ones do, drive momentum hard.
                gradient[i] = 0.3f * gradient[i] + (i % 3 - 1) * 0.1f;
                g[i] = gradient[i];
            }
            double rate = sample.rule().learningRate().at(t - 1);
            assertEquals(rate, optimizer.learningRate());
            sample.reference().step(t, rate, w, g, slots);
            optimizer.step(model.gradients(gradient));
            for (int i = 0; i < SIZE; i++) {
                largest = Math.max(largest, Math.abs(w[i]));
                assertEquals(w[i], model.values()[i], 1e-5 * largest, "step " + t + ", element " + i);
            }
        }
        assertEquals(1000, optimizer.steps());
        double moved = 0;
        for (int i = 0; i < SIZE; i++) {
            moved = Math.max(moved, Math.abs(model.values()[i] - start.get(i)));
        }
        assertTrue(moved > 0.1, "the weights have moved by " + moved);
    }
}

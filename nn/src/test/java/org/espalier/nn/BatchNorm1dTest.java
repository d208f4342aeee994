package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.tensor.GradCheck;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BatchNorm1dTest {
    private static Mode training() {
        return Mode.training(Rng.of(0));
    }

    @Test
    void aBatchIsWorkedByHand() {
        // column (1, 3): mean 2, variance 1, unbiased 2; column (0, 8): mean 4, variance 16, unbiased 32
        var layer = BatchNorm1d.of(2, 0, 0.1f);

        var y = layer.forward(Tensor.of(Shape.of(2, 2), 1, 0, 3, 8), training());

        assertArrayEquals(new float[] {-1, -1, 1, 1}, y.toArray());
        assertArrayEquals(new float[] {0.2f, 0.4f}, layer.runningMean().value().toArray(), 1e-7f);
        // 0.9·1 + 0.1·2 and 0.9·1 + 0.1·32
        assertArrayEquals(new float[] {1.1f, 4.1f}, layer.runningVariance().value().toArray(), 1e-6f);
    }

    @Test
    void trainingFollowsTheFormulaInDoublePrecision() {
        var rng = Rng.of(2);
        int rows = 7;
        int features = 4;
        var layer = BatchNorm1d.of(features, 1e-3f, 0.25f);
        layer.weight().assign(rng.normal(Shape.of(features), 1));
        layer.bias().assign(rng.normal(Shape.of(features), 1));
        var mean = new double[features];
        var variance = new double[] {1, 1, 1, 1};

        for (int step = 0; step < 20; step++) {
            var x = rng.normal(Shape.of(rows, features), 3).plus(step);
            var y = layer.forward(x, training());
            for (int j = 0; j < features; j++) {
                double m = 0;
                double squares = 0;
                for (int i = 0; i < rows; i++) {
                    m += x.get(i, j) / (double) rows;
                }
                for (int i = 0; i < rows; i++) {
                    squares += (x.get(i, j) - m) * (x.get(i, j) - m);
                }
                for (int i = 0; i < rows; i++) {
                    double normal = (x.get(i, j) - m) / Math.sqrt(squares / rows + 1e-3f);
                    double expected = normal * layer.weight().value().get(j) + layer.bias().value().get(j);
                    assertEquals(expected, y.get(i, j), 1e-5);
                }
                mean[j] = 0.75 * mean[j] + 0.25 * m;
                variance[j] = 0.75 * variance[j] + 0.25 * squares / (rows - 1);
                assertEquals(mean[j], layer.runningMean().value().get(j), 1e-5);
                assertEquals(variance[j], layer.runningVariance().value().get(j), 1e-5 * variance[j]);
            }
        }
    }

    @Test
    void inferenceUsesTheRunningStatisticsAndLeavesThem() {
        var layer = BatchNorm1d.of(2, 0, 0.1f);
        layer.runningMean().assign(Tensor.vector(1, -1));
        layer.runningVariance().assign(Tensor.vector(4, 0.25f));
        layer.weight().assign(Tensor.vector(2, 3));
        layer.bias().assign(Tensor.vector(10, 20));

        // 2·(5 − 1)/2 + 10 and 3·(0 + 1)/0.5 + 20
        assertArrayEquals(new float[] {14, 26}, layer.forward(Tensor.of(Shape.of(1, 2), 5, 0)).toArray());
        assertArrayEquals(new float[] {1, -1}, layer.runningMean().value().toArray());
    }

    @Test
    void gradientsFlowThroughTheStatisticsOfTheBatch() {
        var rng = Rng.of(5);
        var seed = rng.normal(Shape.of(4, 3), 1);
        var worst = GradCheck.check(
                in -> BatchNorm1d.of(3).forward(in[0], training()).times(seed).sum(), rng.normal(Shape.of(4, 3), 1));

        assertEquals(0, worst.error(), 5e-3);
        var x = rng.normal(Shape.of(4, 3), 1).withGrad();
        // a common shift of a column changes nothing
        var gradient = BatchNorm1d.of(3).forward(x, training()).times(seed).sum().backward().of(x).sum(0);
        assertArrayEquals(new float[3], gradient.toArray(), 1e-5f);
    }

    @Test
    void runningStatisticsAreSavedButNotTrained() {
        var layer = BatchNorm1d.of(3);

        assertEquals(
                List.of("weight", "bias", "running_mean", "running_var"), List.copyOf(layer.parameters().keySet()));
        assertTrue(layer.weight().isTrainable());
        assertFalse(layer.runningMean().isTrainable());
        layer.forward(Rng.of(1).normal(Shape.of(5, 3), 1).withGrad(), training());
        assertFalse(layer.runningVariance().value().requiresGrad());
    }

    @Test
    void aBatchOfOneHasNoVariance() {
        var row = Tensor.zeros(Shape.of(1, 3));

        var e = assertThrows(ShapeException.class, () -> BatchNorm1d.of(3).forward(row, training()));

        assertTrue(e.getMessage().contains("at least 2 rows"), e.getMessage());
        assertEquals(Shape.of(1, 3), BatchNorm1d.of(3).forward(row).shape());
    }

    @Test
    void misfitsAreNamed() {
        assertThrows(ShapeException.class, () -> BatchNorm1d.of(3).forward(Tensor.zeros(Shape.of(3))));
        assertThrows(ShapeException.class, () -> BatchNorm1d.of(3).forward(Tensor.zeros(Shape.of(2, 4))));
        assertThrows(IllegalArgumentException.class, () -> BatchNorm1d.of(3, -1, 0.1f));
        assertThrows(IllegalArgumentException.class, () -> BatchNorm1d.of(3, 1, 1.5f));
    }

    @Test
    void textAndCopyKeepSettingsAndStatistics() {
        var layer = BatchNorm1d.of(2, 0.5f, 0.25f);
        layer.forward(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4), training());

        var copy = (BatchNorm1d) Layers.copy(layer);

        assertEquals(layer.config(), copy.config());
        assertEquals(StateDict.of(layer), StateDict.of(copy));
        copy.forward(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4), training());
        assertFalse(StateDict.of(layer).equals(StateDict.of(copy)));
        assertEquals("BatchNorm1d(2)", copy.toString());
    }

    /** Float sums of 32 such dates are off by the last place, and a deviation of it over √ε is not small. */
    @Test
    void aConstantColumnBecomesTheBias() {
        var norm = BatchNorm1d.of(2);
        var y = norm.forward(Tensor.full(Shape.of(32, 2), 20240101), Mode.training(Rng.of(1)));
        assertArrayEquals(new float[64], y.toArray());
        // running ← 0.9·running + 0.1·batch
        assertEquals(0.9f, norm.runningVariance().value().get(0));
    }
}

package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MetricTest {

    /** Gives its input back, and insists on being run in inference and without gradients. */
    private record Echo(Tensor weight) implements Layer {
        @Override
        public Tensor forward(Tensor x, Mode mode) {
            assertFalse(mode.isTraining());
            assertFalse(x.times(weight).requiresGrad());
            return x;
        }
    }

    @Test
    void severalScoresComeFromOnePassOverManyBatches() {
        int rows = 2 * Metric.ROWS + 5;
        var targets = new float[rows];
        java.util.Arrays.fill(targets, 0, 100, 1);
        var data = Dataset.of(Tensor.zeros(Shape.of(rows, 1)), Tensor.of(Shape.of(rows, 1), targets));
        var echo = new Echo(Tensor.scalar(1).withGrad());
        var scores = Metric.of(echo, data, Metric.accuracy(), Metric.meanSquaredError());
        assertArrayEquals(new double[] {1 - 100.0 / rows, 100.0 / rows}, scores, 1e-12);
        assertEquals(scores[0], Metric.accuracy().of(echo, data));
    }

    @Test
    void betterMeansHigherOrLowerAndNeverNotANumber() {
        assertTrue(Metric.accuracy().isBetter(0.9, 0.8));
        assertFalse(Metric.accuracy().isBetter(0.8, 0.8));
        assertTrue(Metric.meanSquaredError().isBetter(0.1, 0.2));
        assertFalse(Metric.meanSquaredError().isBetter(Double.NaN, 0.2));
        assertTrue(Metric.meanSquaredError().isBetter(5, Double.NaN));
    }

    @Test
    void theMetricFitsTheLossAndTheOutputs() {
        var one = Tensor.zeros(Shape.of(2, 1));
        var three = Tensor.zeros(Shape.of(2, 3));
        assertEquals(Metric.accuracy(), Metric.fitting(Loss.crossEntropy(), three));
        assertEquals(Metric.accuracy(), Metric.fitting(Loss.binaryCrossEntropy(), one));
        assertEquals(Metric.labelAccuracy(), Metric.fitting(Loss.binaryCrossEntropy(), three));
        assertEquals(Metric.loss(Loss.huber(1)), Metric.fitting(Loss.huber(1), one));
    }
}

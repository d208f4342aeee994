package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Activation;
import org.espalier.nn.data.Dataset;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MeasureTest {
    @Test
    void aDropIsHowMuchWorseTheModelIs() {
        assertEquals(0.25, Measure.higher("accuracy", model -> 0).drop(0.75, 0.5));
        assertEquals(-0.25, Measure.lower("loss", model -> 0).drop(0.75, 0.5));
        assertTrue(Double.isNaN(Measure.lower("loss", model -> 0).drop(0.75, Double.NaN)));
    }

    @Test
    void aMetricOnSamplesIsAMeasure() {
        var samples = Dataset.of(Tensor.of(Shape.of(2, 1), 1, 3), Tensor.of(Shape.of(2, 1), 0, 0));
        var measure = Measure.of(Metric.meanSquaredError(), samples);

        assertFalse(measure.higherIsBetter());
        // (1² + 3²) / 2, by a layer that changes nothing.
        assertEquals(5.0, measure.of(Activation.relu()));
    }
}

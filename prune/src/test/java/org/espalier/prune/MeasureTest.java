package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        var measure = Problems.loss();

        assertEquals(false, measure.higherIsBetter());
        assertTrue(measure.of().applyAsDouble(Problems.network(1)) > 0);
    }
}

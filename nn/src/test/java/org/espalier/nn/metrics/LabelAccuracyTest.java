package org.espalier.nn.metrics;

import static org.espalier.nn.metrics.ScoredSamples.CLASS;
import static org.espalier.nn.metrics.ScoredSamples.LABELS;
import static org.espalier.nn.metrics.ScoredSamples.LOGITS;
import static org.espalier.nn.metrics.ScoredSamples.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LabelAccuracyTest {

    @Test
    void labelsCountOneByOneOrTogether() {
        assertEquals(0.75, score(Metric.labelAccuracy(), LOGITS, LABELS));
        assertEquals(0.625, score(Metric.subsetAccuracy(), LOGITS, LABELS));
        assertEquals("label accuracy", Metric.labelAccuracy().name());
        assertEquals("subset accuracy", Metric.subsetAccuracy().name());
        assertTrue(Metric.labelAccuracy().higherIsBetter());
        assertEquals("75.00 %", Metric.labelAccuracy().format(0.75));
    }

    /** With argmax, two labels all right would score 0, and one of them wrong 1. */
    @Test
    void allRightIsOneAndOneWrongLess() {
        var output = Tensor.of(Shape.of(1, 2), 1, 2);
        assertEquals(1, one(Metric.labelAccuracy(), output, Tensor.of(Shape.of(1, 2), 1, 1)));
        assertEquals(0.5, one(Metric.labelAccuracy(), output, Tensor.of(Shape.of(1, 2), 0, 1)));
        assertEquals(0, one(Metric.subsetAccuracy(), output, Tensor.of(Shape.of(1, 2), 0, 1)));
    }

    private static double one(Metric metric, Tensor output, Tensor target) {
        var tally = metric.start();
        tally.add(output, target);
        return tally.value();
    }

    @Test
    void probabilitiesAreYesAboveAHalf() {
        var metric = Metric.labelAccuracy().on(Sequential.of(Linear.of(2, 3), Activation.sigmoid()));
        assertEquals(0.75, score(metric, LOGITS.sigmoid(), LABELS));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThrows(ShapeException.class, () -> one(Metric.labelAccuracy(), LOGITS, CLASS));
        assertFalse(one(Metric.labelAccuracy(), LOGITS, LABELS) > 0.75);
        assertThrows(
                IllegalArgumentException.class,
                () -> one(Metric.labelAccuracy(), Tensor.vector(Float.NaN), Tensor.vector(1)));
    }
}

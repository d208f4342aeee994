package org.espalier.nn.metrics;

import static org.espalier.nn.metrics.ScoredSamples.CLASS;
import static org.espalier.nn.metrics.ScoredSamples.LOGIT;
import static org.espalier.nn.metrics.ScoredSamples.LOGITS;
import static org.espalier.nn.metrics.ScoredSamples.YES;
import static org.espalier.nn.metrics.ScoredSamples.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CalibrationErrorTest {

    /** Four answers of 90 %, three of them right, and one of 60 %, wrong: (|3.6 − 3| + |0.6 − 0|) / 5. */
    @Test
    void itIsTheDistanceOfConfidenceFromAccuracy() {
        var tally = new CalibrationError(10, true).start();
        tally.add(
                Tensor.of(Shape.of(5, 2), 0.9f, 0.1f, 0.9f, 0.1f, 0.1f, 0.9f, 0.9f, 0.1f, 0.6f, 0.4f),
                Tensor.vector(0, 0, 1, 1, 1));
        assertEquals(0.24, tally.value(), 1e-6);
    }

    /** Values by the formula in NumPy. */
    @Test
    void logitsBecomeProbabilities() {
        assertEquals(0.09729100895606516, score(new CalibrationError(5, false), LOGIT, YES), 1e-7);
        assertEquals(0.17290538430276509, score(new CalibrationError(5, false), LOGITS, CLASS), 1e-7);
        assertFalse(Metric.calibrationError().higherIsBetter());
        assertEquals("calibration error", Metric.calibrationError().name());
        assertTrue(Double.isNaN(Metric.calibrationError().start().value()));
        assertThrows(IllegalArgumentException.class, () -> new CalibrationError(0, true));
    }
}

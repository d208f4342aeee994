package org.espalier.nn.metrics;

import static org.espalier.nn.metrics.ScoredSamples.CLASS;
import static org.espalier.nn.metrics.ScoredSamples.LABELS;
import static org.espalier.nn.metrics.ScoredSamples.LOGIT;
import static org.espalier.nn.metrics.ScoredSamples.LOGITS;
import static org.espalier.nn.metrics.ScoredSamples.YES;
import static org.espalier.nn.metrics.ScoredSamples.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class F1ScoreTest {

    @Test
    void itIsThatOfOneClassOrAnAverage() {
        assertEquals(0.8333333333333333, score(Metric.f1(), LOGIT, YES), 1e-12);
        assertEquals(0.7916666666666665, score(Metric.macroF1(), LOGIT, YES), 1e-12);
        assertEquals(0.7916666666666666, score(Metric.weightedF1(), LOGIT, YES), 1e-12);
        assertEquals(0.8, score(Metric.microF1(), LOGIT, YES), 1e-12);
    }

    @Test
    void severalClasses() {
        assertEquals(0.719047619047619, score(Metric.macroF1(), LOGITS, CLASS), 1e-12);
        assertEquals(0.7464285714285714, score(Metric.weightedF1(), LOGITS, CLASS), 1e-12);
        assertEquals(0.75, score(Metric.microF1(), LOGITS, CLASS), 1e-12);
        assertEquals(0.8571428571428571, score(Metric.f1(0), LOGITS, CLASS), 1e-12);
        assertEquals(0.8, score(Metric.f1(1), LOGITS, CLASS), 1e-12);
        assertEquals(0.5, score(Metric.f1(2), LOGITS, CLASS), 1e-12);
    }

    @Test
    void severalLabels() {
        assertEquals(0.7833333333333332, score(Metric.macroF1(), LOGITS, LABELS), 1e-12);
        assertEquals(0.7857142857142858, score(Metric.microF1(), LOGITS, LABELS), 1e-12);
        assertEquals(0.7863636363636363, score(Metric.weightedF1(), LOGITS, LABELS), 1e-12);
    }

    @Test
    void whatNeitherOccursNorIsPredictedScoresZeroAlone() {
        var output = Tensor.of(Shape.of(3, 3), 1, 0, 0, 0, 1, 0, 1, 0, 0);
        assertEquals(0, tally(Metric.f1(2), output));
        // Class 0 and 1 are perfect, class 2 is absent.
        assertEquals(1, tally(Metric.macroF1(), output));
        assertThrows(ShapeException.class, () -> tally(Metric.f1(3), output));
        assertThrows(IllegalArgumentException.class, () -> Metric.f1(-1));
        assertTrue(Double.isNaN(Metric.f1().start().value()));
    }

    private static double tally(Metric metric, Tensor output) {
        var tally = metric.start();
        tally.add(output, Tensor.vector(0, 1, 0));
        return tally.value();
    }

    @Test
    void probabilitiesAreYesAboveAHalf() {
        var metric = Metric.f1().on(Sequential.of(Linear.of(2, 1), Activation.sigmoid()));
        assertEquals(0.8333333333333333, score(metric, LOGIT.sigmoid(), YES), 1e-12);
        assertEquals("F1", metric.name());
        assertEquals("F1 of class 2", Metric.f1(2).name());
        assertTrue(metric.higherIsBetter());
    }
}

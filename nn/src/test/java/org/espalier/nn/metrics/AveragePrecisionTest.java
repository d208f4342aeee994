package org.espalier.nn.metrics;

import static org.espalier.nn.metrics.ScoredSamples.CLASS;
import static org.espalier.nn.metrics.ScoredSamples.LABELS;
import static org.espalier.nn.metrics.ScoredSamples.LOGIT;
import static org.espalier.nn.metrics.ScoredSamples.LOGITS;
import static org.espalier.nn.metrics.ScoredSamples.YES;
import static org.espalier.nn.metrics.ScoredSamples.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AveragePrecisionTest {

    @Test
    void precisionIsAveragedOverRecall() {
        assertEquals(0.7690476190476191, score(Metric.averagePrecision(), LOGIT, YES), 1e-12);
        assertEquals(0.5, score(Metric.averagePrecision(), Tensor.zeros(Shape.of(10)), YES));
    }

    @Test
    void severalClassesAndLabelsAreAveraged() {
        assertEquals(0.7453703703703703, score(Metric.averagePrecision(), LOGITS, CLASS), 1e-12);
        assertEquals(0.9555555555555556, score(Metric.averagePrecision(), LOGITS, LABELS), 1e-12);
    }

    @Test
    void withoutPositivesItIsUndefined() {
        assertTrue(Double.isNaN(score(Metric.averagePrecision(), LOGIT, Tensor.zeros(Shape.of(10)))));
        assertEquals("PR-AUC", Metric.averagePrecision().name());
        assertTrue(Metric.averagePrecision().higherIsBetter());
    }
}

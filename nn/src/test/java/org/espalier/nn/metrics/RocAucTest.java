package org.espalier.nn.metrics;

import static org.espalier.nn.metrics.ScoredSamples.CLASS;
import static org.espalier.nn.metrics.ScoredSamples.LABELS;
import static org.espalier.nn.metrics.ScoredSamples.LOGIT;
import static org.espalier.nn.metrics.ScoredSamples.LOGITS;
import static org.espalier.nn.metrics.ScoredSamples.YES;
import static org.espalier.nn.metrics.ScoredSamples.score;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RocAucTest {

    @Test
    void tiesCountHalf() {
        assertEquals(0.8, score(Metric.rocAuc(), LOGIT, YES), 1e-12);
        assertEquals(0.8, score(Metric.rocAuc(), LOGIT.reshape(Shape.of(10, 1)), YES), 1e-12);
        assertEquals(0.5, score(Metric.rocAuc(), Tensor.zeros(Shape.of(10)), YES));
    }

    @Test
    void twoOutputsRankByTheirDifference() {
        var two = Tensor.stack(1, LOGIT.times(-0.5f), LOGIT.times(0.5f));
        assertEquals(0.8, score(Metric.rocAuc(), two, YES), 1e-12);
        assertEquals(0.8, score(new RocAuc(true), two.softmax(), YES), 1e-12);
    }

    @Test
    void classesAreRankedAgainstTheRestByProbability() {
        assertEquals(0.7444444444444445, score(Metric.rocAuc(), LOGITS, CLASS), 1e-12);
        assertEquals(0.7444444444444445, score(new RocAuc(true), LOGITS.softmax(), CLASS), 1e-12);
    }

    @Test
    void labelsAreRankedOneByOne() {
        assertEquals(0.9555555555555556, score(Metric.rocAuc(), LOGITS, LABELS), 1e-12);
    }

    @Test
    void aMissingClassLeavesItUndefined() {
        assertTrue(Double.isNaN(score(Metric.rocAuc(), LOGIT, Tensor.ones(Shape.of(10)))));
        assertTrue(Double.isNaN(Metric.rocAuc().start().value()));
        assertThrows(
                IllegalArgumentException.class,
                () -> Metric.rocAuc().start().add(Tensor.vector(Float.NaN), Tensor.vector(1)));
    }

    @Test
    void modelsSayWhetherTheyGiveProbabilities() {
        var linear = Linear.of(2, 1);
        assertFalse(Metric.rocAuc().on(Sequential.of(linear, Activation.relu())).probabilities());
        assertTrue(Metric.rocAuc().on(Sequential.of(linear, Activation.sigmoid())).probabilities());
        assertEquals("ROC-AUC", Metric.rocAuc().name());
        assertTrue(Metric.rocAuc().higherIsBetter());
    }
}

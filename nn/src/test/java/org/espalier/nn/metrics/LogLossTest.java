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

import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LogLossTest {

    @Test
    void itIsThatOfLogitsAndOfProbabilities() {
        assertEquals(0.5053871072804961, score(Metric.logLoss(), LOGIT, YES), 1e-7);
        assertEquals(0.5053871072804961, score(new LogLoss(true), LOGIT.sigmoid(), YES), 1e-6);
        assertEquals(0.9032397343367167, score(Metric.logLoss(), LOGITS, CLASS), 1e-7);
        assertEquals(0.9032397343367167, score(new LogLoss(true), LOGITS.softmax(), CLASS), 1e-6);
        assertEquals(0.4945567908353907, score(Metric.logLoss(), LOGITS, LABELS), 1e-7);
        assertFalse(Metric.logLoss().higherIsBetter());
        assertEquals("log loss", Metric.logLoss().name());
    }

    @Test
    void largeLogitsStayFiniteAndImpossibleTruthsCostInfinity() {
        var logits = Tensor.of(Shape.of(1, 2), 1e30f, -1e30f);
        var tally = Metric.logLoss().start();
        tally.add(logits, Tensor.vector(1));
        assertEquals(2e30, tally.value(), 1e23);
        var certain = new LogLoss(true).start();
        certain.add(Tensor.of(Shape.of(1, 2), 1, 0), Tensor.vector(1));
        assertEquals(Double.POSITIVE_INFINITY, certain.value());
    }

    @Test
    void outputsThatAreNoProbabilitiesAreRefused() {
        var tally = new LogLoss(true).start();
        assertThrows(IllegalArgumentException.class, () -> tally.add(Tensor.vector(1.5f), Tensor.vector(1)));
        assertThrows(IllegalArgumentException.class, () -> tally.add(Tensor.vector(Float.NaN), Tensor.vector(1)));
    }
}

package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AccuracyTest {

    @Test
    void accuracyIsTheShareOfRightAnswersOverAllBatches() {
        var tally = Metric.accuracy().start();
        tally.add(Tensor.of(Shape.of(3, 2), 1, 0, 0, 1, 1, 0), Tensor.vector(0, 1, 1));
        tally.add(Tensor.of(Shape.of(1, 2), 1, 0), Tensor.vector(0));
        assertEquals(0.75, tally.value());
    }

    @Test
    void withoutSamplesThereIsNone() {
        assertTrue(Double.isNaN(Metric.accuracy().start().value()));
        assertEquals("accuracy", Metric.accuracy().name());
        assertTrue(Metric.accuracy().higherIsBetter());
    }
}

package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TopKAccuracyTest {
    private final Tensor logits = Tensor.of(Shape.of(2, 4), 4, 3, 2, 1, 0, 0, 5, 6);

    @Test
    void aClassAmongTheKLargestCounts() {
        assertEquals(0.5, score(1, 0, 2));
        assertEquals(1, score(2, 1, 2));
        assertEquals(0, score(2, 3, 0));
        assertEquals(1, score(4, 3, 0));
    }

    private double score(int k, float... targets) {
        var tally = Metric.topKAccuracy(k).start();
        tally.add(logits, Tensor.vector(targets));
        return tally.value();
    }

    @Test
    void kMustBePossible() {
        assertThrows(IllegalArgumentException.class, () -> Metric.topKAccuracy(0));
        assertThrows(IllegalArgumentException.class, () -> score(5, 0, 0));
        assertEquals("top-3 accuracy", Metric.topKAccuracy(3).name());
        assertTrue(Metric.topKAccuracy(3).higherIsBetter());
    }

    @Test
    void aSingleOutputIsOneGuess() {
        var tally = Metric.topKAccuracy(1).start();
        tally.add(Tensor.vector(-1, 2, 3), Tensor.vector(0, 1, 0));
        assertEquals(2.0 / 3, tally.value());
        assertThrows(
                IllegalArgumentException.class,
                () -> Metric.topKAccuracy(2).start().add(Tensor.vector(1, 2), Tensor.vector(0, 1)));
    }
}

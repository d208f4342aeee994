package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ClassesTest {
    private final Tensor logits = Tensor.of(Shape.of(2, 3), 1, 5, 2, 9, 0, 9);

    @Test
    void theLargestLogitWinsAndTheFirstOfEquals() {
        assertArrayEquals(new int[] {1, 0}, Classes.predicted(logits, 0));
    }

    @Test
    void aSingleLogitSaysYesAboveZero() {
        assertArrayEquals(new int[] {0, 1, 0}, Classes.predicted(Tensor.vector(-1, 2, 0), 0));
        var column = Tensor.of(Shape.of(2, 1), -1, 2);
        assertArrayEquals(new int[] {0, 1}, Classes.predicted(column, 0));
        assertArrayEquals(new int[] {1, 0}, Classes.wanted(column, Tensor.of(Shape.of(2, 1), 1, 0)));
        assertArrayEquals(new int[] {1, 0}, Classes.wanted(column, Tensor.vector(1, 0)));
    }

    @Test
    void targetsAreNumbersOrDistributions() {
        assertArrayEquals(new int[] {2, 0}, Classes.wanted(logits, Tensor.vector(2, 0)));
        var distribution = Tensor.of(Shape.of(2, 3), 0.1f, 0.2f, 0.7f, 1, 0, 0);
        assertArrayEquals(new int[] {2, 0}, Classes.wanted(logits, distribution));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThrows(ShapeException.class, () -> Classes.wanted(logits, Tensor.vector(1, 2, 3)));
        assertThrows(ShapeException.class, () -> Classes.wanted(logits, Tensor.vector(0, 3)));
        assertThrows(ShapeException.class, () -> Classes.predicted(Tensor.scalar(1), 0));
    }

    @Test
    void notANumberIsNoClass() {
        var nan = Tensor.of(Shape.of(1, 2), 1, Float.NaN);
        assertThrows(IllegalArgumentException.class, () -> Classes.predicted(nan, 0));
        assertThrows(IllegalArgumentException.class, () -> Classes.predicted(Tensor.vector(Float.NaN), 0));
    }

    @Test
    void probabilitiesAreYesAboveAHalf() {
        assertArrayEquals(new int[] {0, 1, 0}, Classes.predicted(Tensor.vector(0.1f, 0.6f, 0.5f), 0.5f));
    }

    @Test
    void severalLabelsPerRowAreNoDistribution() {
        var e = assertThrows(
                ShapeException.class, () -> Classes.wanted(logits, Tensor.of(Shape.of(2, 3), 1, 0, 0, 1, 0, 1)));
        assertTrue(e.getMessage().contains("row 1") && e.getMessage().contains("labelAccuracy"), e.getMessage());
    }
}

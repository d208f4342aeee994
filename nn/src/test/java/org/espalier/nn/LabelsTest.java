package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

    @Test
    void indicesSurviveTheTensorUpToTheLimit() {
        int[] indices = {0, 1, 9, Labels.LIMIT - 2, Labels.LIMIT - 1};

        assertArrayEquals(indices, Labels.toArray(Labels.of(indices), "test", Labels.LIMIT));
    }

    @Test
    void anyShapeIsReadInRowMajorOrder() {
        var tensor = Tensor.of(Shape.of(2, 2), 3, 1, 0, 2);

        assertArrayEquals(new int[] {3, 1, 0, 2}, Labels.toArray(tensor, "test", 4));
    }

    @Test
    void noIndicesAreFine() {
        assertEquals(Shape.of(0), Labels.of().shape());
        assertArrayEquals(new int[0], Labels.toArray(Labels.of(), "test", 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Labels.LIMIT, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void whatAFloatMightNotHoldIsRefused(int index) {
        assertThrows(IllegalArgumentException.class, () -> Labels.of(0, index));
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 5, 0.5f, Float.NaN, Float.POSITIVE_INFINITY, 1e20f})
    void anythingButAWholeNumberBelowTheBoundIsRefused(float element) {
        var tensor = Tensor.vector(4, element);

        var e = assertThrows(ShapeException.class, () -> Labels.toArray(tensor, "words", 5));
        assertTrue(e.getMessage().startsWith("words: element 1 of [2] is " + element), e.getMessage());
    }
}

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

class IndicesTest {

    @Test
    void indicesSurviveTheTensorUpToTheLimit() {
        int[] indices = {0, 1, 9, Indices.LIMIT - 2, Indices.LIMIT - 1};

        assertArrayEquals(indices, Indices.toArray(Indices.of(indices), "test", Indices.LIMIT));
    }

    @Test
    void anyShapeIsReadInRowMajorOrder() {
        var tensor = Tensor.of(Shape.of(2, 2), 3, 1, 0, 2);

        assertArrayEquals(new int[] {3, 1, 0, 2}, Indices.toArray(tensor, "test", 4));
    }

    @Test
    void noIndicesAreFine() {
        assertEquals(Shape.of(0), Indices.of().shape());
        assertArrayEquals(new int[0], Indices.toArray(Indices.of(), "test", 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Indices.LIMIT, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void whatAFloatMightNotHoldIsRefused(int index) {
        assertThrows(IllegalArgumentException.class, () -> Indices.of(0, index));
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 5, 0.5f, Float.NaN, Float.POSITIVE_INFINITY, 1e20f})
    void anythingButAWholeNumberBelowTheBoundIsRefused(float element) {
        var tensor = Tensor.vector(4, element);

        var e = assertThrows(ShapeException.class, () -> Indices.toArray(tensor, "words", 5));
        assertTrue(e.getMessage().startsWith("words: element 1 of [2] is " + element), e.getMessage());
    }
}

package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TensorFormatTest {
    @Test
    void bracketsNestLikeTheAxes() {
        assertEquals("Tensor[] 1.5000", Tensor.scalar(1.5f).toString());
        assertEquals("Tensor[3] [1.0000, -2.5000, 0.0000]", Tensor.vector(1, -2.5f, 0).toString());
        assertEquals("Tensor[2, 2] [[1.0000, 2.0000],\n [3.0000, 4.0000]]",
                Tensor.of(Shape.of(2, 2), 1, 2, 3, 4).toString());
        assertEquals("Tensor[2, 1, 1] [[[1.0000]],\n [[2.0000]]]", Tensor.of(Shape.of(2, 1, 1), 1, 2).toString());
    }

    @Test
    void emptyTensorsShowTheirBrackets() {
        assertEquals("Tensor[0] []", Tensor.zeros(Shape.of(0)).toString());
        assertEquals("Tensor[2, 0] [[],\n []]", Tensor.zeros(Shape.of(2, 0)).toString());
    }

    @Test
    void extremeNumbersAreReadable() {
        assertEquals("Tensor[4] [1.0000e-05, 2.5000e+07, NaN, -Infinity]",
                Tensor.vector(1e-5f, 2.5e7f, Float.NaN, Float.NEGATIVE_INFINITY).toString());
    }

    @Test
    void longAxesAreShortened() {
        assertEquals("Tensor[1001] [0.0000, 0.0000, 0.0000, …, 0.0000, 0.0000, 0.0000]",
                Tensor.zeros(Shape.of(1001)).toString());
        var tall = Tensor.zeros(Shape.of(600, 2)).toString();
        assertEquals(7, tall.lines().count());
        assertEquals("Tensor[600, 2] [[0.0000, 0.0000],", tall.lines().findFirst().orElseThrow());
    }

    @Test
    void aLazyTransposeIsShownTransposed() {
        assertEquals("Tensor[1, 2] [[1.0000, 2.0000]]", Tensor.of(Shape.of(2, 1), 1, 2).transpose().toString());
    }
}

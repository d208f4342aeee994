package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FeatureSelectTest {

    @Test
    void passesOnTheChosenFeaturesInTheirOrder() {
        var x = Tensor.matrix(new float[] {1, 2, 3}, new float[] {4, 5, 6});
        var y = FeatureSelect.of(3, 2, 0, 2).forward(x);
        assertEquals(Shape.of(2, 3), y.shape());
        assertArrayEquals(new float[] {3, 1, 3, 6, 4, 6}, y.toArray());
    }

    @Test
    void actsOnTheInnermostOfSeveralAxes() {
        var x = Tensor.of(Shape.of(2, 1, 2), 1, 2, 3, 4);
        assertArrayEquals(new float[] {2, 4}, FeatureSelect.of(2, 1).forward(x).toArray());
    }

    @Test
    void gradientsOfAFeatureChosenTwiceAdd() {
        var x = Tensor.vector(1, 2, 3).withGrad();
        var gradients = FeatureSelect.of(3, 1, 1).forward(x).sum().backward();
        assertArrayEquals(new float[] {0, 2, 0}, gradients.of(x).toArray());
    }

    @Test
    void refusesIndicesOutsideAndInputsOfAnotherWidth() {
        assertThrows(ShapeException.class, () -> FeatureSelect.of(3, 3));
        assertThrows(ShapeException.class, () -> FeatureSelect.of(3, -1));
        var select = FeatureSelect.of(3, 0);
        assertThrows(ShapeException.class, () -> select.forward(Tensor.zeros(Shape.of(1, 4))));
        assertThrows(ShapeException.class, () -> select.forward(Tensor.scalar(1)));
    }

    @Test
    void isAValue() {
        assertEquals(FeatureSelect.of(3, 0, 2), FeatureSelect.of(3, 0, 2));
        assertEquals("FeatureSelect(3 → 2)", FeatureSelect.of(3, 0, 2).toString());
    }
}

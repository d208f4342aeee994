package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WeightGradientTest {
    private final Tensor g = Tensor.matrix(new float[] {1, 2, 3}, new float[] {4, 5, 6});
    private final Tensor x = Tensor.matrix(new float[] {1, 0}, new float[] {10, 100});
    private final Tensor gradient = WeightGradient.of(g, x);

    @Test
    void itIsTheSumOverTheBatchOfOuterProducts() {
        assertEquals(Shape.of(3, 2), gradient.shape());
        assertArrayEquals(new float[] {41, 400, 52, 500, 63, 600}, gradient.toArray());
    }

    @Test
    void rowsGoToTheirPlacesAndNowhereElse() {
        var out = new float[] {7, 7, 7, 7, 7, 7};
        Storage.writeRows(gradient, 1, 2, out);
        assertArrayEquals(new float[] {7, 7, 52, 500, 7, 7}, out);
    }

    @Test
    void onceReadNothingIsPending() {
        assertTrue(Storage.hasLazyRows(gradient));
        gradient.toArray();
        assertFalse(Storage.hasLazyRows(gradient));
        assertFalse(Storage.hasLazyRows(g));
        var out = new float[6];
        Storage.writeRows(gradient, 1, 3, out);
        assertArrayEquals(new float[] {0, 0, 52, 500, 63, 600}, out);
    }

    @Test
    void anEmptyBatchGivesZeros() {
        var empty = WeightGradient.of(Tensor.zeros(Shape.of(0, 3)), Tensor.zeros(Shape.of(0, 2)));
        var out = new float[] {7, 7, 7, 7, 7, 7};
        Storage.writeRows(empty, 0, 3, out);
        assertArrayEquals(new float[6], out);
        assertArrayEquals(new float[6], empty.toArray());
    }

    @Test
    void aSharedWeightGetsTheSumOfItsGradients() {
        var weight = Tensor.matrix(new float[] {1, 2}, new float[] {3, 4}).withGrad();
        var bias = Tensor.zeros(Shape.of(2));
        var twice = x.linear(weight, bias).sum().plus(x.times(2).linear(weight, bias).sum());
        assertArrayEquals(new float[] {33, 300, 33, 300}, twice.backward().of(weight).toArray());
    }
}

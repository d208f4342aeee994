package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.espalier.kernel.UpdateRule;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class ParameterSliceTest {
    private final float[] value = {1, 1, 1, 1};
    private final float[] gradient = {1, 2, Float.NaN, 4};
    private final float[][] slots = {{0, 0, 9, 0}};
    private final float[] out = new float[4];

    private ParameterSlice slice(long... kept) {
        return new ParameterSlice(Shape.of(2, 2), 3, 0.5f, value, gradient, slots, kept.length == 0 ? null : kept, out,
                List.of());
    }

    @Test
    void aFusedRuleWritesItsStretchAndObeysTheMask() {
        slice(0b1011).range(1, 4).fused(new UpdateRule.Sgd(0.5f, 0.5f, false, 0));
        assertArrayEquals(new float[] {0, 0, 0, -1}, out);
        assertArrayEquals(new float[] {0, 2, 0, 4}, slots[0]);
    }

    @Test
    void projectionClearsWhatTheMaskDoesNotKeep() {
        java.util.Arrays.fill(out, Float.NaN);
        slice(0b1001).range(0, 3).project();
        assertArrayEquals(new float[] {Float.NaN, 0, 0, Float.NaN}, out);
        assertArrayEquals(new float[] {0, 0, 0, 0}, slots[0]);
    }

    @Test
    void withoutAMaskNothingIsCleared() {
        slice().project();
        assertArrayEquals(new float[] {0, 0, 9, 0}, slots[0]);
    }

    @Test
    void aSliceTellsWhatARuleNeeds() {
        var slice = slice().range(1, 3);
        assertEquals(Shape.of(2, 2), slice.shape());
        assertEquals(3, slice.step());
        assertEquals(0.5f, slice.rate());
        assertEquals(1, slice.from());
        assertEquals(3, slice.to());
        assertEquals(value, slice.value());
        assertEquals(gradient, slice.gradient());
        assertEquals(slots[0], slice.slot(0));
        assertEquals(out, slice.out());
    }
}

package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.IntFunction;
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
    void elementsWhoseMomentsBeganLaterAreCorrectedByTheirOwnSteps() {
        var moments = new float[2][4];
        var twos = new float[] {2, 2, 2, 2};
        var late = List.of(new Restarts.Cohort(2, new int[] {0, 1, 3}));
        var slice = new ParameterSlice(Shape.of(4), 3, 0.5f, value, twos, moments, null, out, late);
        IntFunction<UpdateRule.Adam> rule = step -> new UpdateRule.Adam(0.5f, 0.5f, 0.75f, 2, 0.5f, true, step);
        slice.range(1, 3).fusedAdam(rule);
        // In its first step: m = 1, m̂ = 2; v = 1, v̂ = 4; 1·(1 − 0.5·0.5) − 0.5·2 / (2 + 2).
        assertEquals(0.5f, out[1]);
        // In the third: m̂ = 1 / (1 − 0.125), v̂ = 1 / (1 − 0.421875).
        assertEquals(0.75 - 0.5 * (1 / 0.875) / (Math.sqrt(1 / 0.578125) + 2), out[2], 1e-7);
        assertEquals(0, out[0]);
        assertEquals(0, out[3]);
        // No element of the cohort is the first of this stretch.
        slice.range(2, 4).fusedAdam(rule);
        assertEquals(0.5f, out[3]);
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

package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TrackedTest {
    private static final List<String> NAMES = List.of("m");
    private final Parameter parameter = Parameter.of("w", Tensor.vector(1, 1, 1, 1));
    private final Tracked tracked = new Tracked("fc1.w", parameter, Optimizer.sgd(1).momentum(0.5f));

    private float[] moments() {
        return tracked.moments(NAMES).slots().get("m").toArray();
    }

    private void restore(float... moments) {
        tracked.restore(NAMES, new OptimizerState.Moments(7, Map.of("m", Tensor.vector(moments))));
    }

    private void step(float[] gradient, float[] out) {
        var pieces = new Pieces();
        pieces.add(tracked.next(0.5f, gradient, out), null);
        pieces.update(Optimizer.sgd(1).momentum(0.5f));
    }

    @Test
    void onlyElementsWhoseMaskChangedAreCleared() {
        restore(1, 2, 3, 4);
        parameter.assignMask(Mask.of(Shape.of(4), i -> i < 2));
        tracked.followMask();
        assertArrayEquals(new float[] {1, 2, 0, 0}, moments());
        parameter.assignMask(Mask.of(Shape.of(4), i -> i % 2 == 0));
        tracked.followMask();
        assertArrayEquals(new float[] {1, 0, 0, 0}, moments());
    }

    @Test
    void restoredMomentsUnderAMaskAreCleared() {
        parameter.assignMask(Mask.of(Shape.of(4), i -> i != 3));
        restore(1, 2, 3, Float.NaN);
        assertArrayEquals(new float[] {1, 2, 3, 0}, moments());
        assertEquals(7, tracked.moments(NAMES).steps());
    }

    @Test
    void whatAnyMaskSinceHasDroppedIsClearedEvenIfItIsKeptAgain() {
        restore(1, 2, 3, 4);
        var wide = Mask.of(Shape.of(4), i -> i != 3);
        parameter.assignMask(wide);
        parameter.assignMask(Mask.of(Shape.of(4), i -> i == 1));
        parameter.assignMask(wide);
        tracked.followMask();
        assertArrayEquals(new float[] {0, 2, 0, 0}, moments());
    }

    @Test
    void underAMaskThatKeepsFewOnlyTheseAreStoredAndComputed() {
        restore(1, 2, 3, 4);
        parameter.assignMask(Mask.of(Shape.of(4), i -> i % 2 == 1));
        tracked.followMask();
        assertEquals(2, tracked.elements());
        assertArrayEquals(new float[] {0, 2, 0, 4}, moments());
        var out = new float[2];
        var named = tracked.named(Tensor.vector(Float.NaN, 6, Float.NaN, 8));
        assertArrayEquals(new float[] {6, 8}, named.gradient());
        step(named.gradient(), out);
        tracked.assign(out);
        assertArrayEquals(new float[] {0, 7, 0, 10}, moments());
        assertArrayEquals(new float[] {0, -2.5f, 0, -4}, parameter.value().toArray());
        restore(5, 6, 7, 8);
        assertArrayEquals(new float[] {0, 6, 0, 8}, moments());
        parameter.clearMask();
        tracked.followMask();
        assertEquals(4, tracked.elements());
        assertArrayEquals(new float[] {0, 6, 0, 8}, moments());
    }

    @Test
    void aStepLeavesTheNewValueInTheArrayGiven() {
        var out = new float[4];
        step(new float[] {1, 2, 3, 4}, out);
        assertArrayEquals(new float[] {0.5f, 0, -0.5f, -1}, out);
        assertArrayEquals(new float[] {1, 1, 1, 1}, parameter.value().toArray());
        assertArrayEquals(new float[] {1, 2, 3, 4}, moments());
    }

    @Test
    void momentsThatDoNotFitAreNamed() {
        var wrongSlot = new OptimizerState.Moments(1, Map.of("v", Tensor.vector(1, 2, 3, 4)));
        var wrongShape = new OptimizerState.Moments(1, Map.of("m", Tensor.vector(1, 2)));
        var none = assertThrows(IllegalArgumentException.class, () -> tracked.requireFit(NAMES, null));
        assertEquals("optimizer state: fc1.w needs the moments [m], not none", none.getMessage());
        var other = assertThrows(IllegalArgumentException.class, () -> tracked.requireFit(NAMES, wrongSlot));
        assertEquals("optimizer state: fc1.w needs the moments [m], not [v]", other.getMessage());
        var thrown = assertThrows(IllegalArgumentException.class, () -> tracked.requireFit(NAMES, wrongShape));
        assertEquals("optimizer state: m of fc1.w has shape [2], the parameter [4]", thrown.getMessage());
    }
}

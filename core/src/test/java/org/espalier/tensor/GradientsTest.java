package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GradientsTest {
    private final Tensor a = Tensor.vector(1, 2).withGrad();
    private final Tensor b = Tensor.vector(3, 4).withGrad();
    private final Tensor unused = Tensor.zeros(Shape.of(2, 3)).withGrad();

    @Test
    void aLeafThatWasNotReachedHasZeros() {
        var gradients = a.sum().backward();
        assertTrue(gradients.contains(a));
        assertFalse(gradients.contains(unused));
        assertEquals(Shape.of(2, 3), gradients.of(unused).shape());
        assertArrayEquals(new float[6], gradients.of(unused).toArray());
    }

    @Test
    void aTensorThatIsNoLeafIsRefused() {
        var y = a.square();
        var gradients = y.sum().backward();
        assertThrows(IllegalArgumentException.class, () -> gradients.of(y));
        assertThrows(IllegalArgumentException.class, () -> gradients.of(Tensor.scalar(1)));
    }

    @Test
    void leavesAreListedInAnOrderThatDependsOnTheGraphAlone() {
        for (int i = 0; i < 5; i++) {
            var leaves = a.times(b).sum().backward().leaves();
            assertEquals(2, leaves.size());
            assertSame(b, leaves.get(0));
            assertSame(a, leaves.get(1));
        }
    }

    @Test
    void sumsAreTakenLeafByLeaf() {
        var both = a.times(b).sum().backward().plus(a.sum().backward()).plus(unused.sum().backward());
        assertArrayEquals(new float[] {4, 5}, both.of(a).toArray());
        assertArrayEquals(new float[] {1, 2}, both.of(b).toArray());
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1}, both.of(unused).toArray());
        assertEquals(3, both.leaves().size());
    }

    @Test
    void scalingLeavesTheOriginalAsItWas() {
        var gradients = a.sum().backward();
        assertArrayEquals(new float[] {3, 3}, gradients.times(3).of(a).toArray());
        assertArrayEquals(new float[] {1, 1}, gradients.of(a).toArray());
    }
}

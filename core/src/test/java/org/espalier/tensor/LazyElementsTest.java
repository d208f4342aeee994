package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LazyElementsTest {
    private int computed;
    private final Supplier<float[]> source = () -> {
        computed++;
        return new float[] {1, 2, 3};
    };

    @Test
    void elementsAreComputedWhenFirstReadAndOnce() {
        var x = Storage.lazy(Shape.of(3), source).withGrad();
        assertEquals(Shape.of(3), x.shape());
        assertEquals(0, computed);
        assertArrayEquals(new float[] {2, 4, 6}, x.times(2).toArray());
        assertArrayEquals(new float[] {1, 2, 3}, x.toArray());
        assertEquals(1, computed);
    }

    @Test
    void whatTheyComeFromStaysKnown() {
        var x = Storage.lazy(Shape.of(3), source);
        assertSame(source, Storage.supplier(x.withGrad().detach()).orElseThrow());
        assertTrue(Storage.supplier(x.times(2)).isEmpty());
        assertEquals(1, computed);
    }
}

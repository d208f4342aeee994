package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class DeferredTest {
    private int computed;
    private final Deferred source = () -> {
        computed++;
        return new float[] {1, 2, 3};
    };

    @Test
    void elementsAreComputedWhenFirstReadAndOnce() {
        var x = Storage.deferred(Shape.of(3), source).withGrad();
        assertEquals(Shape.of(3), x.shape());
        assertEquals(0, computed);
        assertArrayEquals(new float[] {2, 4, 6}, x.times(2).toArray());
        assertArrayEquals(new float[] {1, 2, 3}, x.toArray());
        assertEquals(1, computed);
    }

    @Test
    void whatTheyComeFromStaysKnown() {
        var x = Storage.deferred(Shape.of(3), source);
        assertSame(source, Storage.source(x.withGrad().detach()));
        assertNull(Storage.source(x.times(2)));
        assertEquals(1, computed);
    }
}

package org.espalier.prune.secondorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class PoolsTest {
    private static final Shape TEN = Shape.of(2, 10);

    @Test
    void theTailIsAShorterPoolOrStays() {
        var scaled = Pools.of(SparsityPattern.nm(4), TEN);
        assertEquals(3, scaled.count());
        assertEquals(8, scaled.start(2));
        assertEquals(10, scaled.start(3));

        var dense = Pools.of(new SparsityPattern.NM(4, SparsityPattern.Remainder.DENSE), TEN);
        assertEquals(2, dense.count());
        assertEquals(8, dense.start(2));
        assertEquals(0, Pools.of(new SparsityPattern.NM(16, SparsityPattern.Remainder.DENSE), TEN).count());
        assertThrows(ShapeException.class,
                () -> Pools.of(new SparsityPattern.NM(4, SparsityPattern.Remainder.REJECTED), TEN));
    }

    @Test
    void aWholeRowIsOnePool() {
        assertEquals(new Pools(10, 10, true), Pools.of(SparsityPattern.rows(), TEN));
        assertEquals(new Pools(10, 10, true), Pools.of(SparsityPattern.rows(), TEN));
        assertEquals(Pools.none(10), Pools.of(SparsityPattern.weights(), TEN));
        assertThrows(IllegalArgumentException.class, () -> Pools.of(SparsityPattern.neurons(), TEN));
    }
}

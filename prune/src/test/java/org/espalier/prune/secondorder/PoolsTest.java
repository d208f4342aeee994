package org.espalier.prune.secondorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.prune.sparsity.NM;
import org.espalier.prune.sparsity.Neurons;
import org.espalier.prune.sparsity.Remainder;
import org.espalier.prune.sparsity.Weights;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class PoolsTest {
    private static final Shape TEN = Shape.of(2, 10);

    @Test
    void theTailIsAShorterPoolOrStays() {
        var scaled = Pools.of(NM.poolsOf(4), TEN);
        assertEquals(3, scaled.count());
        assertEquals(8, scaled.start(2));
        assertEquals(10, scaled.start(3));

        var dense = Pools.of(new NM(4, Remainder.DENSE), TEN);
        assertEquals(2, dense.count());
        assertEquals(8, dense.start(2));
        assertEquals(0, Pools.of(new NM(16, Remainder.DENSE), TEN).count());
        assertThrows(ShapeException.class, () -> Pools.of(new NM(4, Remainder.REJECTED), TEN));
    }

    @Test
    void aWholeRowIsOnePool() {
        assertEquals(new Pools(10, 10, true), Pools.of(NM.rows(), TEN));
        assertEquals(new Pools(10, 10, true), Pools.of(new NM(NM.ROW, Remainder.DENSE), TEN));
        assertEquals(Pools.none(10), Pools.of(new Weights(), TEN));
        assertThrows(IllegalArgumentException.class, () -> Pools.of(new Neurons(), TEN));
    }
}

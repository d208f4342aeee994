package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PackedOperandTest {
    private final Tensor w = Rng.of(1).normal(Shape.of(70, 90), 1);
    private final Tensor x = Rng.of(2).normal(Shape.of(1, 90), 1);

    @Test
    void theSecondProductOfARowPacksAndTheBitsStay() {
        float[] first = x.linear(w).toArray();
        assertTrue(w.packed().matrix().isEmpty());
        float[] second = x.linear(w).toArray();
        var kept = w.packed();
        assertEquals(90, kept.matrix().orElseThrow().k());
        assertArrayEquals(first, second);
        assertArrayEquals(first, x.linear(w).toArray());
        assertEquals(kept, w.packed());
        // a row alone has the bits that it has among others
        var rows = Tensor.concat(0, x, x, x, x, x).linear(w);
        assertArrayEquals(first, rows.slice(0, 3, 4).toArray());
    }

    @Test
    void aProductWithTheMatrixAndOneWithItsTransposeEachArrangeTheirOwn() {
        float[] transposed = x.matmul(w.transpose()).toArray();
        assertArrayEquals(transposed, x.matmul(w.transpose()).toArray());
        assertTrue(w.packed().transposed());
        var z = Rng.of(3).normal(Shape.of(2, 70), 1);
        float[] straight = z.matmul(w).toArray();
        assertTrue(w.packed().matrix().isEmpty());
        assertArrayEquals(straight, z.matmul(w).toArray());
        assertEquals(70, w.packed().matrix().orElseThrow().k());
        assertArrayEquals(transposed, x.matmul(w.transpose()).toArray());
    }

    @Test
    void manyRowsOrASmallMatrixKeepNothing() {
        Rng.of(4).normal(Shape.of(4, 90), 1).linear(w);
        assertNull(w.packed());
        var small = Rng.of(5).normal(Shape.of(64, 64), 1);
        var row = Rng.of(6).normal(Shape.of(1, 64), 1);
        row.linear(small);
        row.linear(small);
        assertNull(small.packed());
    }
}

package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SemiStructuredTest {
    @Test
    void nmIsASparsityInGroups() {
        assertEquals(Amount.sparsity(0.75), SemiStructured.nm(1, 4, Magnitude.L1).amount());
        assertEquals(SparsityPattern.nm(4), SemiStructured.nm(1, 4, Magnitude.L1).pattern());
    }

    @Test
    void nOfEveryMNeighboursStay() {
        var linear = Linear.of(Tensor.of(Shape.of(1, 8), 4, 1, 3, 2, -9, -8, 7, 6), Tensor.vector(0));
        SemiStructured.nm(2, 4, Magnitude.L1).plan(Sequential.of(linear)).apply();

        assertArrayEquals(new float[] {4, 0, 3, 0, -9, -8, 0, 0}, linear.weight().value().toArray());
    }

    @Test
    void moreThanThereAreCannotStay() {
        assertThrows(IllegalArgumentException.class, () -> SemiStructured.nm(5, 4, Magnitude.L1));
        assertThrows(IllegalArgumentException.class, () -> SemiStructured.nm(-1, 4, Magnitude.L1));
    }
}

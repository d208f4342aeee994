package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class NeuronsTest {
    @Test
    void aUnitIsARowAndTakesItsBiasAlong() {
        var units = SparsityPattern.neurons().units(Shape.of(2, 3), Optional.empty());

        assertEquals(2, units.count());
        assertEquals(0, units.of(2));
        assertEquals(1, units.of(3));
        assertTrue(SparsityPattern.neurons().removesBias());
    }
}

package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class InputsTest {
    @Test
    void aUnitIsAColumnAndLeavesTheBiasAlone() {
        var units = SparsityPattern.inputs().units(Shape.of(2, 3), Optional.empty());

        assertEquals(3, units.count());
        assertEquals(2, units.of(2));
        assertEquals(0, units.of(3));
        assertFalse(SparsityPattern.inputs().removesBias());
    }
}

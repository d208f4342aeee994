package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class WeightsTest {
    @Test
    void everyElementIsAUnitInOnePool() {
        var units = SparsityPattern.weights().units(Shape.of(2, 3), Optional.of(Mask.of(Shape.of(2, 3), i -> i != 2)));

        assertEquals(6, units.count());
        assertEquals(4, units.of(4));
        assertEquals(Units.NONE, units.of(2));
        assertEquals(1, units.pools());
    }
}

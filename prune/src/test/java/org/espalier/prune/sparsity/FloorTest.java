package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class FloorTest {
    @Test
    void theLargerOfBothRulesHolds() {
        assertEquals(3, Floor.units(3).of(units(1, 10)));
        assertEquals(4, Floor.share(0.31).of(units(1, 10)));
        assertEquals(5, new Floor(5, 0.31, false).of(units(1, 10)));
        assertEquals(0, Floor.NONE.of(units(1, 10)));
    }

    @Test
    void aFloorIsNeverAboveTheLayer() {
        assertEquals(2, Floor.units(3).of(units(1, 2)));
    }

    @Test
    void aConnectedLayerKeepsAWeightForEveryInputAndNeuron() {
        assertEquals(32, Floor.CONNECTED.of(units(1, 32)));
        assertEquals(784, Floor.CONNECTED.of(units(300, 784)));
        assertEquals(300, Floor.CONNECTED.of(units(300, 100)));
        assertEquals(0, Floor.CONNECTED.of(units(0, 4)));
        // 4 neurons of 2 inputs each have 8 weights; 4 of them are in 2 neurons, or in 1 input.
        assertEquals(2, Floor.CONNECTED.of(SparsityPattern.neurons().units(Shape.of(4, 2), Optional.empty())));
        assertEquals(1, Floor.CONNECTED.of(SparsityPattern.inputs().units(Shape.of(4, 2), Optional.empty())));
    }

    private static Units units(int out, int in) {
        return SparsityPattern.weights().units(Shape.of(out, in), Optional.empty());
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Floor.units(-1));
        assertThrows(IllegalArgumentException.class, () -> Floor.share(1.5));
        assertThrows(IllegalArgumentException.class, () -> Floor.share(Double.NaN));
    }
}

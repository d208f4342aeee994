package org.espalier.prune.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LayerCostTest {

    @Test
    void densitiesSayWhetherBiasesCount() {
        var cost = new LayerCost("fc1", 90, 9, 10, 10, 0, 90, 9, 0, 0);
        assertEquals(0.1, cost.weightDensity());
        assertEquals(0.19, cost.parameterDensity());
        assertEquals(180, cost.flops());
        assertEquals(18, cost.keptFlops());
    }

    @Test
    void aLayerWithoutParametersIsWhole() {
        var cost = LayerCost.zero("x");
        assertEquals(1, cost.weightDensity());
        assertEquals(1, cost.parameterDensity());
        assertEquals(0, cost.smallestBytes());
    }

    @Test
    void buffersCostBytesButAreNotParameters() {
        var cost = new LayerCost("bn", 0, 0, 6, 6, 6, 0, 0, 48, 48);
        assertEquals(6, cost.parameters());
        assertEquals(48, cost.denseBytes());
    }

    @Test
    void sumsKeepTheFirstName() {
        var one = new LayerCost("a", 1, 2, 3, 4, 5, 6, 7, 8, 9);
        var two = new LayerCost("b", 10, 20, 30, 40, 50, 60, 70, 80, 90);
        assertEquals(new LayerCost("a", 11, 22, 33, 44, 55, 66, 77, 88, 99), one.plus(two));
    }
}

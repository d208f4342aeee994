package org.espalier.prune.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.junit.jupiter.api.Test;

class ModelCostTest {

    @Test
    void leNet300With100HasItsKnownNumberOfParametersAndOperations() {
        var model = Sequential.of(
                Linear.of(784, 300), Activation.relu(), Linear.of(300, 100), Activation.relu(), Linear.of(100, 10));
        var total = ModelCost.of(model).total();
        assertEquals(266_200, total.weights());
        assertEquals(266_610, total.parameters());
        assertEquals(532_400, total.flops());
        assertEquals(4 * 266_610, total.denseBytes());
        assertEquals(1.0, total.weightDensity());
    }

    @Test
    void sparseFormsCountTheirIndicesRowPointersAndTheDenseBias() {
        var layer = Linear.of(10, 3);
        layer.weight().assignMask(Mask.of(layer.weight().shape(), i -> i < 5));
        var cost = ModelCost.of(layer).total();
        assertEquals(5, cost.keptWeights());
        assertEquals(5 * (4 + 2) + 4 * 4 + 3 * 4, cost.csrBytes());
        assertEquals(5 * 4 + 4 + 3 * 4, cost.bitmapBytes());
        assertEquals(33 * 4, cost.denseBytes());
        assertEquals(cost.bitmapBytes(), cost.smallestBytes());
        assertEquals(10, cost.keptFlops());
        assertEquals(5 / 30.0, cost.weightDensity());
        assertEquals(8 / 33.0, cost.parameterDensity());
    }

    @Test
    void eachLayerMayTakeAnotherForm() {
        var sparse = Linear.of(100, 10);
        sparse.weight().assignMask(Mask.of(sparse.weight().shape(), i -> i == 0));
        var dense = Linear.of(10, 2);
        var cost = ModelCost.of(Sequential.of(sparse, dense));
        assertEquals((4 + 2 + 4 * 11 + 4 * 10) + 4 * 22, cost.smallestBytes());
    }

    @Test
    void aSharedLayerIsStoredOnceAndComputedTwice() {
        Layer shared = Linear.of(4, 4);
        var cost = ModelCost.of(Sequential.of(shared, shared));
        assertEquals(16, cost.total().weights());
        assertEquals(4, cost.total().others());
        assertEquals(32, cost.total().macs());
        assertEquals(0, cost.layers().get(1).weights());
    }

    @Test
    void theTableHasALinePerLayerAndATotal() {
        var model = Sequential.of(Linear.of(2, 3), Activation.relu(), Linear.of(3, 1));
        var lines = ModelCost.of(model).table().lines().toList();
        assertEquals(4, lines.size());
        assertEquals(
                "fc1            6          6   100.00        3           12           12         36         36",
                lines.get(1));
        assertEquals("total", lines.get(3).split(" ")[0]);
    }
}

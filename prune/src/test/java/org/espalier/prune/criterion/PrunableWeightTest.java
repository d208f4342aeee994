package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.junit.jupiter.api.Test;

class PrunableWeightTest {
    @Test
    void targetsAreTheLinearLayersInOrderUnderTheirFullNames() {
        var model = Sequential.of(Linear.of(4, 3), Activation.relu(), Sequential.of(Linear.of(3, 2)));

        assertEquals(
                List.of("fc1.weight", "sequential1.fc1.weight"),
                PrunableWeight.of(model).stream().map(PrunableWeight::name).toList());
        assertEquals("weight", PrunableWeight.of(Linear.of(2, 2)).getFirst().name());
    }

    @Test
    void aSharedLayerIsListedOnce() {
        var shared = Linear.of(3, 3);
        var layers = new LinkedHashMap<String, Layer>();
        layers.put("first", shared);
        layers.put("second", shared);

        assertEquals(
                List.of("first.weight"),
                PrunableWeight.of(Sequential.of(layers)).stream().map(PrunableWeight::name).toList());
    }

    @Test
    void theMaskSaysWhatIsLeft() {
        var layer = Cases.layer(new float[9]);
        Cases.mask(layer, 4);
        var target = new PrunableWeight("fc1", layer.weight(), layer.bias());

        assertFalse(target.keeps(4));
        assertTrue(target.keeps(5));
        assertEquals("fc1.weight[3, 3]", target.toString());
    }
}

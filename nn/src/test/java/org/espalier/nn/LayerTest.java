package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LayerTest {

    @Test
    void parametersAreNamedByTheirPath() {
        var model = Sequential.of(Linear.of(2, 3), Residual.of(Sequential.of(Activation.relu(), Linear.of(3, 3))));

        assertEquals(
                List.of("fc1.weight", "fc1.bias", "residual1.body.fc1.weight", "residual1.body.fc1.bias"),
                List.copyOf(model.parameters().keySet()));
        assertThrows(UnsupportedOperationException.class, () -> model.parameters().clear());
    }

    @Test
    void initializingDrawsWeightsAndZeroesBiases() {
        var model = Sequential.of(Linear.of(Tensor.zeros(Shape.of(4, 5)), Tensor.vector(1, 2, 3, 4)), LayerNorm.of(4));

        model.initialize(Init.heNormal(), 1);

        assertTrue(Mask.nonZero(model.parameters().get("fc1.weight").value()).kept() > 15);
        assertArrayEquals(new float[4], model.parameters().get("fc1.bias").value().toArray());
        assertArrayEquals(new float[] {1, 1, 1, 1}, model.parameters().get("ln1.weight").value().toArray());
    }

    @Test
    void theSeedDecidesAndLayersDoNotDisturbEachOther() {
        var small = Sequential.of(Linear.of(4, 4));
        var large = Sequential.of(Linear.of(4, 4), Linear.of(4, 9));
        small.initialize(Init.uniform(), 7);
        large.initialize(Init.uniform(), 7);
        var drawn = small.parameters().get("fc1.weight").value().toArray();

        assertArrayEquals(drawn, large.parameters().get("fc1.weight").value().toArray());
        small.initialize(Init.uniform(), 8);
        assertNotEquals(drawn[0], small.parameters().get("fc1.weight").value().toArray()[0]);
    }

    @Test
    void initializingHonorsMasks() {
        var layer = Linear.of(3, 3);
        layer.weight().assignMask(Mask.of(Shape.of(3, 3), i -> i % 2 == 0));

        layer.initialize(Init.heNormal(), 1);

        assertEquals(5, Mask.nonZero(layer.weight().value()).kept());
    }

    @Test
    void aLayerOfYourOwnIsALambdaUntilItIsToBeSaved() {
        Layer square = (x, mode) -> x.square();

        assertArrayEquals(new float[] {4, 9}, Sequential.of(square).forward(Tensor.vector(2, -3)).toArray());
        assertTrue(square.parameters().isEmpty());
        assertThrows(UnsupportedOperationException.class, square::config);
    }
}

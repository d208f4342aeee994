package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequentialTest {

    @Test
    void layersRunInOrder() {
        var triple = Linear.of(Tensor.matrix(new float[] {3}), Tensor.vector(1));
        var model = Sequential.of(triple, Activation.relu(), triple);

        // 3·(−5) + 1 = −14, rectified 0, 3·0 + 1; and 3·2 + 1 = 7, 3·7 + 1
        assertArrayEquals(new float[] {1, 22}, model.forward(Tensor.of(Shape.of(2, 1), -5, 2)).toArray());
    }

    @Test
    void namesAreKindsAndNumbers() {
        var model = Sequential.of(
                Linear.of(1, 1), BatchNorm1d.of(1), Activation.relu(), LayerNorm.of(1), Linear.of(1, 1),
                Activation.leakyRelu(1), (x, mode) -> x.square());

        assertEquals(
                List.of("fc1", "bn1", "relu1", "ln1", "fc2", "leakyrelu1", "layer1"),
                List.copyOf(model.children().keySet()));
    }

    @Test
    void anEmptyChainIsTheIdentity() {
        var x = Tensor.vector(1, 2);

        assertSame(x, Sequential.of().forward(x));
    }

    @Test
    void aLayerInTwoPlacesHasItsParametersOnce() {
        var shared = Linear.of(2, 2);
        var model = Sequential.of(shared, Activation.tanh(), shared);

        assertEquals(List.of("fc1.weight", "fc1.bias"), List.copyOf(model.parameters().keySet()));
        var gradient = model.forward(Tensor.full(Shape.of(1, 2), 1)).sum().backward();
        assertEquals(2, gradient.leaves().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "."})
    void namesThatCannotBeJoinedAreRefused(String name) {
        var layers = new LinkedHashMap<String, Layer>();
        layers.put(name, Activation.relu());

        assertThrows(IllegalArgumentException.class, () -> Sequential.of(layers));
    }

    @Test
    void laterChangesToTheMapDoNotShow() {
        var layers = new LinkedHashMap<String, Layer>();
        layers.put("first", Activation.relu());
        var model = Sequential.of(layers);
        layers.put("second", Activation.tanh());

        assertEquals("Sequential(first = Relu)", model.toString());
        assertThrows(UnsupportedOperationException.class, () -> model.children().remove("first"));
    }
}

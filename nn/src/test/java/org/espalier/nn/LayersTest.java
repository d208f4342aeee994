package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Optional;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static Sequential model() {
        var model = Sequential.of(Linear.of(4, 6), BatchNorm1d.of(6), Relu.INSTANCE, Linear.of(6, 3));
        model.initialize(Init.heNormal(), 3);
        model.parameters().get("fc1.weight").assignMask(Mask.of(Shape.of(6, 4), i -> i % 3 != 0));
        model.forward(Rng.of(1).normal(Shape.of(5, 4), 1), Mode.training(Rng.of(0)));
        return model;
    }

    @Test
    void aCopyHasTheSameBitsMasksAndOutputs() {
        var model = model();
        var x = Rng.of(2).normal(Shape.of(7, 4), 1);

        var copy = Layers.copy(model);

        assertEquals(StateDict.of(model), StateDict.of(copy));
        assertEquals(model.toString(), copy.toString());
        assertArrayEquals(model.forward(x).toArray(), copy.forward(x).toArray());
    }

    @Test
    void originalAndCopyGoTheirOwnWays() {
        var model = model();
        var before = StateDict.of(model);
        var copy = Layers.copy(model);
        assertNotSame(model.parameters().get("fc1.weight"), copy.parameters().get("fc1.weight"));

        copy.parameters().get("fc1.weight").assign(Tensor.full(Shape.of(6, 4), Float.NaN));
        copy.parameters().get("fc2.bias").assignMask(Mask.of(Shape.of(3), i -> false));

        assertEquals(before, StateDict.of(model));
        assertNotEquals(before, StateDict.of(copy));
        // the copied mask holds in the copy: NaN only where kept
        assertEquals(16, Mask.nonZero(copy.parameters().get("fc1.weight").value()).kept());
    }

    @Test
    void sharedLayersStaySharedInTheCopy() {
        var shared = Linear.of(2, 2);
        var copy = Layers.copy(Sequential.of(shared, shared));

        assertEquals(1, copy.children().values().stream().distinct().count());
        assertEquals(2, copy.parameters().size());
    }

    @Test
    void aModelOfOtherSizesIsBuiltFromItsTextAndState() {
        var text = Architecture.of(Sequential.of(Linear.of(2, 1), Relu.INSTANCE));
        var entries = new LinkedHashMap<String, StateDict.Entry>();
        entries.put("fc1.weight", new StateDict.Entry(Tensor.matrix(new float[] {3, 4}), Optional.empty()));
        entries.put("fc1.bias", new StateDict.Entry(Tensor.vector(5), Optional.empty()));

        var model = Layers.build(text, LayerKinds.standard(), StateDict.of(entries));

        assertArrayEquals(new float[] {12}, model.forward(Tensor.matrix(new float[] {1, 1})).toArray());
        entries.remove("fc1.bias");
        var lacking = StateDict.of(entries);
        assertThrows(IllegalArgumentException.class, () -> Layers.build(text, LayerKinds.standard(), lacking));
    }
}

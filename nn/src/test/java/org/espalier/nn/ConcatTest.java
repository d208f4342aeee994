package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ConcatTest {
    private static final Linear DOUBLE = Linear.of(Tensor.matrix(new float[] {2}), Tensor.vector(0));

    @Test
    void outputsStandSideBySide() {
        var layer = Concat.of(Sequential.of(), DOUBLE, Sequential.of(DOUBLE, DOUBLE));

        var y = layer.forward(Tensor.of(Shape.of(2, 1), 1, 10));

        assertEquals(Shape.of(2, 3), y.shape());
        assertArrayEquals(new float[] {1, 2, 4, 10, 20, 40}, y.toArray());
    }

    @Test
    void gradientsOfAllBranchesAdd() {
        var x = Tensor.of(Shape.of(1, 1), 3).withGrad();

        assertEquals(3, Concat.of(Sequential.of(), DOUBLE).forward(x).sum().backward().of(x).item());
    }

    @Test
    void branchesAreNumberedOrNamed() {
        var named = new LinkedHashMap<String, Layer>();
        named.put("wide", Linear.of(2, 3));
        named.put("deep", Sequential.of(Linear.of(2, 1)));

        var numbered = Concat.of(Linear.of(2, 2));
        assertEquals(List.of("branch1.weight", "branch1.bias"), List.copyOf(numbered.parameters().keySet()));
        assertEquals(
                List.of("wide.weight", "wide.bias", "deep.fc1.weight", "deep.fc1.bias"),
                List.copyOf(Concat.of(named).parameters().keySet()));
        assertEquals(Concat.of(named).toString(), Layers.copy(Concat.of(named)).toString());
    }

    @Test
    void misfitsAreRefused() {
        var layer = Concat.of(Sequential.of(), Linear.of(2, 2));

        assertThrows(ShapeException.class, () -> layer.forward(Tensor.zeros(Shape.of(1, 3))));
        assertThrows(IllegalArgumentException.class, () -> Concat.of());
        var dotted = new LinkedHashMap<String, Layer>();
        dotted.put("a.b", Activation.relu());
        assertThrows(IllegalArgumentException.class, () -> Concat.of(dotted));
    }
}

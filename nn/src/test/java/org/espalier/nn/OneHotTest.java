package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.infer.InferenceModel;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OneHotTest {
    private static final Tensor X = Tensor.matrix(
            new float[] {0, 1}, new float[] {2, 0}, new float[] {Float.NaN, 7}, new float[] {-1, 0.5f});

    @Test
    void eachLevelIsAFeature() {
        var y = OneHot.of(3, 2).forward(X);

        assertEquals(Shape.of(4, 5), y.shape());
        assertArrayEquals(new float[] {
            1, 0, 0, 0, 1,
            0, 0, 1, 1, 0,
            0, 0, 0, 0, 0,
            0, 0, 0, 0, 0
        }, y.toArray());
    }

    @Test
    void itIsServedAndReadBack() throws Exception {
        var layer = OneHot.of(3, 2);

        assertArrayEquals(layer.forward(X).toArray(), InferenceModel.of(layer).predict(X).toArray());
        assertEquals("OneHot(2 → 5)", ModelFiles.copy(layer).toString());
        assertEquals("{\"levels\":[[0,1,2],[0,1]]}", layer.config().attributes().compact().replace(" ", ""));
    }

    @Test
    void itGivesAnyChoiceOfItsFeatures() throws Exception {
        var layer = OneHot.of(3, 2);
        var narrowed = (OneHot) Layers.rebuild(layer, (path, same, plan) -> same.rebuilt(
                plan.with(same.narrowed(new int[] {0, 1}, new int[] {0, 2, 4}))));

        assertArrayEquals(new float[] {1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0}, narrowed.forward(X).toArray());
        assertEquals("OneHot(2 → 3)", ModelFiles.copy(narrowed).toString());
    }

    @Test
    void misfitsAreRefused() {
        assertThrows(ShapeException.class, () -> OneHot.of(3).forward(X));
        assertThrows(IllegalArgumentException.class, () -> OneHot.of(-1));
        assertThrows(IllegalArgumentException.class, () -> OneHot.of(Labels.LIMIT + 1));
    }
}

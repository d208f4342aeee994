package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.infer.InferenceModel;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void eachFeatureIsScaledAndShifted() {
        var x = Tensor.matrix(new float[] {1, 2}, new float[] {3, 4});

        assertArrayEquals(
                new float[] {7, 1, 11, 1},
                Scale.of(Tensor.vector(2, 0), Tensor.vector(5, 1)).forward(x).toArray());
        assertArrayEquals(
                new float[] {5, -9, 9, -7},
                Scale.of(Tensor.vector(1, 10), Tensor.vector(2, 1), Tensor.vector(5, -1)).forward(x).toArray());
    }

    @Test
    void standardizedFeaturesKeepWhatLargeMeansWouldSwallow() {
        var scale = Scale.standardize(Tensor.vector(20240100, 7), Tensor.vector(2, 0));

        // a constant feature is only centered
        assertArrayEquals(
                new float[] {1, 0, -3, 1},
                scale.forward(Tensor.matrix(new float[] {20240102, 7}, new float[] {20240094, 8})).toArray());
    }

    @Test
    void itIsNotTrained() {
        assertTrue(Scale.of(Tensor.vector(1), Tensor.vector(2)).ownParameters().stream()
                .noneMatch(Parameter::isTrainable));
    }

    @Test
    void itIsServedAndReadBack() throws Exception {
        var rng = Rng.of(1);
        var model = Sequential.of(
                Scale.of(rng.normal(Shape.of(3), 1), rng.normal(Shape.of(3), 1), rng.normal(Shape.of(3), 1)),
                Linear.of(3, 2));
        var x = rng.normal(Shape.of(9, 3), 1);

        assertArrayEquals(model.forward(x).toArray(), InferenceModel.of(model).predict(x).toArray());
        assertEquals(StateDict.of(model), StateDict.of(ModelFiles.copy(model)));
    }

    @Test
    void misfitsAreRefused() {
        var scale = Scale.of(Tensor.vector(1, 2), Tensor.vector(2, 3));
        assertThrows(ShapeException.class, () -> scale.forward(Tensor.zeros(Shape.of(1, 3))));
        assertThrows(ShapeException.class, () -> Scale.of(Tensor.vector(1), Tensor.vector(2, 3)));
    }
}

package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.infer.InferenceModel;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PReluTest {
    @Test
    void negativeValuesAreScaledByFeature() {
        var x = Tensor.matrix(new float[] {-2, -2}, new float[] {3, -1});

        assertArrayEquals(new float[] {-1, -0.5f, 3, -0.25f},
                PRelu.of(Tensor.vector(0.5f, 0.25f)).forward(x).toArray());
        assertArrayEquals(new float[] {-0.5f, -0.5f, 3, -0.25f}, Activation.prelu().forward(x).toArray());
    }

    @Test
    void slopesLearn() {
        var layer = PRelu.of(2);
        var gradients = layer.forward(Tensor.matrix(new float[] {-2, 5}, new float[] {-4, -1})).sum().backward();

        // the sum of the negative inputs of each feature
        assertArrayEquals(new float[] {-6, -1}, gradients.of(layer.weight().value()).toArray());
    }

    @Test
    void itIsServedAndReadBack() throws Exception {
        for (var layer : new PRelu[] {PRelu.of(5), PRelu.of(1)}) {
            var model = Sequential.of(Linear.of(3, 5), layer);
            var x = Rng.of(1).normal(Shape.of(9, 3), 1);

            assertArrayEquals(model.forward(x).toArray(), InferenceModel.of(model).predict(x).toArray());
            assertEquals(StateDict.of(model), StateDict.of(ModelFiles.copy(model)));
        }
    }

    @Test
    void otherWidthsAreRefused() {
        assertThrows(ShapeException.class, () -> PRelu.of(2).forward(Tensor.zeros(Shape.of(1, 3))));
        assertThrows(ShapeException.class, () -> PRelu.of(Tensor.zeros(Shape.of(1, 2))));
    }
}

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

class GluTest {
    @Test
    void theSecondHalfGatesTheFirst() {
        // σ(0) = ½, σ(ln 3) = ¾
        var y = Activation.glu().forward(Tensor.matrix(new float[] {4, 8, 0, (float) Math.log(3)}));

        assertEquals(Shape.of(1, 2), y.shape());
        assertArrayEquals(new float[] {2, 6}, y.toArray(), 1e-6f);
    }

    @Test
    void itIsServedAndReadBack() throws Exception {
        var model = Sequential.of(Linear.of(3, 8), Activation.glu(), Linear.of(4, 2));
        var x = Rng.of(1).normal(Shape.of(9, 3), 1);

        assertArrayEquals(model.forward(x).toArray(), InferenceModel.of(model).predict(x).toArray());
        assertEquals(model.toString(), ModelFiles.copy(model).toString());
    }

    @Test
    void anOddNumberOfFeaturesIsRefused() {
        assertThrows(ShapeException.class, () -> Activation.glu().forward(Tensor.zeros(Shape.of(1, 3))));
        assertThrows(ShapeException.class, () -> InferenceModel.of(Sequential.of(Linear.of(2, 3), Activation.glu())));
    }
}

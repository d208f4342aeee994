package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.nn.infer.InferenceModel;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LogSoftmaxTest {
    @Test
    void rowsAreLogProbabilities() {
        // ln(1/4) and ln(3/4)
        var y = Activation.logSoftmax().forward(Tensor.matrix(new float[] {5, 5 + (float) Math.log(3)}));

        assertArrayEquals(new float[] {-1.3862944f, -0.2876821f}, y.toArray(), 1e-6f);
    }

    @Test
    void itIsServedAndReadBack() throws Exception {
        var model = Sequential.of(Linear.of(3, 5), Activation.logSoftmax());
        var x = Rng.of(1).normal(Shape.of(9, 3), 1);

        assertArrayEquals(model.forward(x).toArray(), InferenceModel.of(model).predict(x).toArray());
        assertEquals(model.toString(), ModelFiles.copy(model).toString());
    }
}

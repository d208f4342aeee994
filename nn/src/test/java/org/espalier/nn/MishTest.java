package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MishTest {
    private static final float[] X = {-30, -2, -1, -0.0001f, 0, 0.5f, 1, 3, 30};

    /** The definition in double precision, by Python's math module. */
    private static final float[] Y =
            {-2.807287e-12f, -0.2525015f, -0.30340147f, -5.9996797e-05f, 0, 0.3752452f, 0.8650984f, 2.986535f, 30};

    private final Activation function = Activation.mish();

    @Test
    void valuesAreThoseOfTheDefinition() {
        float[] y = function.of(Tensor.vector(X)).toArray();

        for (int i = 0; i < X.length; i++) {
            assertEquals(Y[i], y[i], Math.abs(Y[i]) * 2e-6f + 1e-12f, "at " + X[i]);
        }
        assertTrue(Float.isNaN(function.of(Tensor.vector(Float.NaN)).item()));
    }

    @Test
    void arraysGetTheSameBits() {
        var y = new float[X.length + 2];
        function.pointwise().apply(X, 1, y, 2, X.length - 1);

        float[] expected = function.of(Tensor.vector(X)).toArray();
        for (int i = 1; i < X.length; i++) {
            assertEquals(expected[i], y[i + 1]);
        }
    }

    @Test
    void readsBackAsItself() throws Exception {
        assertEquals(function, ModelFiles.copy(function));
        assertEquals("Mish", function.toString());
    }
}

package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class HardSigmoidTest {
    private static final float[] X = {-30, -2, -1, -0.0001f, 0, 0.5f, 1, 3, 30};

    /** The definition in double precision, by Python's math module. */
    private static final float[] Y = {0, 0.16666667f, 0.33333334f, 0.49998334f, 0.5f, 0.5833333f, 0.6666667f, 1, 1};

    private final Activation function = Activation.hardSigmoid();

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
    }

    @Test
    void settingsWithoutAMeaningAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new HardSigmoid(Float.NaN, 0));
    }
}

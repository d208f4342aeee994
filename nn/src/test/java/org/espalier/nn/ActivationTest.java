package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.espalier.nn.infer.Allocated;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** All activations; their accuracy and gradients are tested where their ops are. */
class ActivationTest {

    static Stream<Arguments> functions() {
        return Stream.of(
                of(Activation.relu(), "relu", x -> Math.max(x, 0)),
                of(Activation.leakyRelu(0.2f), "leaky_relu", x -> x > 0 ? x : 0.2f * x),
                of(Activation.tanh(), "tanh", StrictMath::tanh),
                of(Activation.sigmoid(), "sigmoid", x -> 1 / (1 + StrictMath.exp(-x))),
                of(Activation.gelu(), "gelu", ActivationTest::gelu),
                of(Activation.softplus(), "softplus", x -> StrictMath.log1p(StrictMath.exp(x))));
    }

    private static Arguments of(Activation activation, String kind, DoubleUnaryOperator function) {
        return Arguments.of(activation, kind, function);
    }

    /** x·Φ(x), Φ as ½ plus the integral of the normal density from 0 by Simpson's rule. */
    private static double gelu(double x) {
        int steps = 2000;
        double h = x / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * StrictMath.exp(-(i * h) * (i * h) / 2);
        }
        return x * (0.5 + sum * h / 3 / StrictMath.sqrt(2 * StrictMath.PI));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void valueIsThatOfTheFormula(Activation activation, String kind, DoubleUnaryOperator function) {
        var x = Rng.of(1).normal(Shape.of(4, 25), 2);

        var y = activation.forward(x, Mode.training(Rng.of(0)));

        assertEquals(x.shape(), y.shape());
        for (int i = 0; i < 100; i++) {
            assertEquals(function.applyAsDouble(x.toArray()[i]), y.toArray()[i], 2e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void textGivesTheActivationBack(Activation activation, String kind, DoubleUnaryOperator function) {
        assertEquals(kind, activation.config().kind());
        assertEquals(activation, Layers.copy(activation));
    }

    static Stream<Activation> all() {
        return Stream.of(
                Activation.relu(), Activation.relu6(), Activation.leakyRelu(0.2f), Activation.elu(), new Elu(0.7f),
                Activation.celu(1.7f), Activation.selu(), Activation.gelu(), Activation.geluTanh(), Activation.silu(),
                Activation.mish(), Activation.tanh(), Activation.sigmoid(), Activation.hardSigmoid(),
                Activation.hardSwish(), Activation.softplus(), Activation.softsign());
    }

    @ParameterizedTest
    @MethodSource("all")
    void onArraysItHasTheSameBits(Activation activation) {
        float[] special = {
            0, -0f, 1, -1, 1e-30f, -1e-30f, 30, -30, 100, -100, Float.MAX_VALUE, -Float.MAX_VALUE,
            Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, Float.MIN_VALUE, -Float.MIN_VALUE
        };
        for (int n = 0; n < 100; n++) {
            float[] x = Rng.of(n).normal(Shape.of(n + 3), 3).toArray();
            if (n >= special.length) {
                System.arraycopy(special, 0, x, 3, special.length);
            }
            var y = new float[n + 7];
            activation.pointwise().apply(x, 3, y, 5, n);

            float[] expected = activation.of(Tensor.vector(Arrays.copyOfRange(x, 3, n + 3))).toArray();
            assertArrayEquals(new float[5], Arrays.copyOf(y, 5));
            for (int i = 0; i < n; i++) {
                assertEquals(Float.floatToIntBits(expected[i]), Float.floatToIntBits(y[5 + i]), x[3 + i] + " of " + n);
            }
            assertArrayEquals(new float[2], Arrays.copyOfRange(y, n + 5, n + 7));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void onArraysItAllocatesNothing(Activation activation) throws ReflectiveOperationException {
        var function = activation.pointwise();
        var x = new float[64];
        var y = new float[64];
        function.apply(x, 0, y, 0, 64);

        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && least > 0; attempt++) {
            // compiling kernels meanwhile counts here too
            least = Math.min(least, Allocated.by(() -> function.apply(x, 0, y, 0, 64)) - Allocated.by(() -> {}));
        }
        assertTrue(least <= 0, activation + " allocated " + least);
    }

    @Test
    void softmaxRowsAreExponentialsDividedByTheirSum() {
        var y = Activation.softmax().forward(Tensor.of(Shape.of(2, 2), 0, (float) StrictMath.log(3), 5, 5));

        assertEquals(0.25f, y.get(0, 0), 1e-6);
        assertEquals(0.75f, y.get(0, 1), 1e-6);
        assertEquals(0.5f, y.get(1, 0));
        assertEquals(Activation.softmax(), Layers.copy(Activation.softmax()));
    }

    @Test
    void namesReadAsTheyAreWritten() {
        assertEquals("Relu", Activation.relu().toString());
        assertEquals("Softmax", Activation.softmax().toString());
        assertEquals("LeakyRelu[slope=0.2]", Activation.leakyRelu(0.2f).toString());
    }

    @Test
    void aSlopeMustBeFinite() {
        assertThrows(IllegalArgumentException.class, () -> Activation.leakyRelu(Float.NaN));
        assertThrows(IllegalArgumentException.class, () -> Activation.leakyRelu(Float.NEGATIVE_INFINITY));
    }
}

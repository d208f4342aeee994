package org.espalier.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.GradCheck;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuberTest {

    @Test
    void bothBranchesAreWorkedByHand() {
        // δ = 2: d = 1 gives 1/2, d = −2 gives 2, d = 5 gives 2·(5 − 1) = 8, d = −10 gives 2·(10 − 1) = 18
        var output = Tensor.vector(1, -2, 5, -10).withGrad();

        var loss = Loss.huber(2).value(output, Tensor.zeros(Shape.of(4)));

        assertEquals(28.5f / 4, loss.item());
        // d inside, ±δ outside, over 4; at the seam both agree
        assertArrayEquals(new float[] {0.25f, -0.5f, 0.5f, -0.5f}, loss.backward().of(output).toArray());
    }

    @Test
    void valueIsThatOfTheTwoFormulasInDoublePrecision() {
        var output = Rng.of(3).normal(Shape.of(8, 9), 3);
        var target = Rng.of(4).normal(Shape.of(8, 9), 3);
        double delta = 1.5;
        double sum = 0;
        for (int i = 0; i < 72; i++) {
            double d = Math.abs((double) output.toArray()[i] - target.toArray()[i]);
            sum += d <= delta ? d * d / 2 : delta * (d - delta / 2);
        }

        assertEquals(sum / 72, Loss.huber(1.5f).value(output, target).item(), 1e-5);
    }

    @Test
    void gradientsAgreeWithDifferencesOnBothSides() {
        var output = Tensor.vector(-4, -0.5f, 0.25f, 3);
        var target = Tensor.vector(0.5f, 0, -0.125f, 0);

        assertEquals(0, GradCheck.check(x -> Loss.huber(1).value(x[0], x[1]), output, target).error(), 5e-3);
    }

    /** d²/2 has the second derivative 1 at 0 as anywhere up to δ; the mean of four divides it. */
    @Test
    void theSecondDerivativeIsOneInsideAndZeroOutside() {
        var output = Tensor.vector(0, 1, -2, 3).withGrad();
        var gradient = Loss.huber(2).value(output, Tensor.zeros(Shape.of(4))).backwardWithGraph().of(output);
        float[] second = gradient.sum().backward().of(output).toArray();
        assertArrayEquals(new float[] {0.25f, 0.25f, 0.25f, 0}, second);
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void deltaMustBePositiveAndFinite(float delta) {
        assertThrows(IllegalArgumentException.class, () -> Loss.huber(delta));
    }

    @Test
    void nothingIsBroadcast() {
        var huber = Loss.huber(1);
        assertThrows(ShapeException.class, () -> huber.value(Tensor.zeros(Shape.of(3, 1)), Tensor.zeros(Shape.of(3))));
    }
}

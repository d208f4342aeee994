package org.espalier.tensor;

import java.util.function.Function;

/**
 * Compares gradients with central differences: for teaching, and for custom ops.
 *
 * <p>Values are float32, so differences are taken with steps of 1/64 and 1/128 and extrapolated to zero (Richardson),
 * which leaves an error of the order of the step to the fourth. Keep away from kinks by more than the step.
 *
 * {@snippet :
 * var x = Tensor.matrix(new float[] {1, 2}, new float[] {3, 4});
 * var w = Tensor.matrix(new float[] {0.5f, -1});
 * GradCheck.Worst worst = GradCheck.check(in -> in[0].linear(in[1]).tanh().sum(), x, w);
 * if (worst.error() > 5e-3) {
 *     throw new AssertionError(worst);
 * }
 * }
 */
public final class GradCheck {
    private static final float STEP = 0x1p-6f;

    private GradCheck() {}

    /**
     * The element whose gradient is furthest from the difference quotient.
     *
     * @param input the index of the input, −1 if nothing disagrees
     * @param element the element's place in the input, row-major
     * @param error |analytic − numeric| / (1 + |numeric|); NaN if one of the two is
     */
    public record Worst(int input, int element, float analytic, double numeric, double error) {}

    /**
     * Differentiates {@code function}, which must return a single number, at {@code inputs}.
     *
     * @return the worst disagreement; below 5e-3 for a correct gradient of a smooth function of moderate size
     */
    public static Worst check(Function<Tensor[], Tensor> function, Tensor... inputs) {
        var leaves = new Tensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            leaves[i] = inputs[i].withGrad();
        }
        var gradients = function.apply(leaves).backward();
        var worst = new Worst(-1, -1, 0, 0, 0);
        for (int input = 0; input < inputs.length; input++) {
            float[] analytic = gradients.of(leaves[input]).array();
            for (int element = 0; element < analytic.length; element++) {
                double coarse = quotient(function, inputs, input, element, STEP);
                double fine = quotient(function, inputs, input, element, STEP / 2);
                double numeric = (4 * fine - coarse) / 3;
                double error = Math.abs(analytic[element] - numeric) / (1 + Math.abs(numeric));
                if (Double.isNaN(error) || error > worst.error) {
                    worst = new Worst(input, element, analytic[element], numeric, error);
                }
            }
        }
        return worst;
    }

    private static double quotient(Function<Tensor[], Tensor> f, Tensor[] inputs, int input, int element, float step) {
        // The step actually taken is what float32 makes of it.
        float above = inputs[input].array()[element] + step;
        float below = inputs[input].array()[element] - step;
        double rise = (double) at(f, inputs, input, element, above) - at(f, inputs, input, element, below);
        return rise / ((double) above - below);
    }

    private static float at(Function<Tensor[], Tensor> f, Tensor[] inputs, int input, int element, float value) {
        var moved = inputs.clone();
        float[] elements = inputs[input].toArray();
        elements[element] = value;
        moved[input] = Storage.adopt(inputs[input].shape(), elements);
        return NoGrad.call(() -> f.apply(moved)).item();
    }
}

package org.espalier.tensor;

import java.util.function.Function;

/**
 * Compares gradients with central differences: for teaching, and for ops of your own.
 *
 * <p>Values are float32, so differences are taken with a step of about 1/128 and Richardson's extrapolation, whose error
 * is of the order of the step to the fourth; keep away from kinks by more than that.
 */
public final class GradCheck {
    private static final float STEP = 0x1p-6f;

    private GradCheck() {}

    /** The element whose gradient is furthest from the difference quotient; {@code error} is relative to 1 + |numeric|. */
    public record Worst(int input, int element, float analytic, double numeric, double error) {}

    /**
     * Differentiates {@code function}, which must return a single number, at {@code inputs}.
     *
     * @return the worst disagreement; below 5e-3 for a correct gradient of a smooth function of moderate size
     */
    public static Worst check(Function<Tensor[], Tensor> function, Tensor... inputs) {
        var leaves = new Tensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            leaves[i] = inputs[i].requiresGrad();
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
                if (!(error <= worst.error)) {
                    worst = new Worst(input, element, analytic[element], numeric, error);
                }
            }
        }
        return worst;
    }

    private static double quotient(Function<Tensor[], Tensor> f, Tensor[] inputs, int input, int element, float step) {
        double above = shifted(f, inputs, input, element, step);
        double below = shifted(f, inputs, input, element, -step);
        return (above - below) / (2.0 * step);
    }

    private static double shifted(Function<Tensor[], Tensor> f, Tensor[] inputs, int input, int element, float by) {
        var moved = inputs.clone();
        float[] elements = inputs[input].toArray();
        elements[element] += by;
        moved[input] = Storage.adopt(inputs[input].shape(), elements);
        return NoGrad.call(() -> f.apply(moved)).item();
    }
}

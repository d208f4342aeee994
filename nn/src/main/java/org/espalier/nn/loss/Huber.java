package org.espalier.nn.loss;

import org.espalier.tensor.Tensor;

/**
 * Regression, quadratic for small errors and linear for large ones: the mean over all elements of d²/2 where |d| ≤ δ
 * and δ·(|d| − δ/2) beyond, d being output − target (Huber 1964, "Robust estimation of a location parameter").
 *
 * <p>With c = d limited to [−δ, δ] both branches are c·(d − c/2), which is smooth where they meet and at 0: the second
 * derivative is 1 for |d| ≤ δ and 0 beyond.
 *
 * @param delta δ, positive
 */
public record Huber(float delta) implements Loss {
    /**
     * Checks δ.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Huber {
        if (!(delta > 0 && delta < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Huber's delta must be positive and finite: " + delta);
        }
    }

    @Override
    public Tensor value(Tensor output, Tensor target) {
        return terms(output, target).mean();
    }

    @Override
    public Tensor perSample(Tensor output, Tensor target) {
        return SampleWeights.perSample(terms(output, target));
    }

    private Tensor terms(Tensor output, Tensor target) {
        Loss.requireSameShape("Huber", output, target);
        var difference = output.minus(target);
        var near = difference.clip(-delta, delta);
        return near.times(difference.minus(near.times(0.5f)));
    }
}

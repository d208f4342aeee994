package org.espalier.nn.loss;

import org.espalier.tensor.Tensor;

/**
 * Regression, quadratic for small errors and linear for large ones: the mean over all elements of d²/2 where |d| ≤ δ
 * and δ·(|d| − δ/2) beyond, d being output − target (Huber 1964, "Robust estimation of a location parameter").
 *
 * <p>With c = min(|d|, δ) both branches are c·(|d| − c/2), which is smooth where they meet.
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
        Loss.requireSameShape("Huber", output, target);
        var distance = output.minus(target).abs();
        var near = distance.clip(0, delta);
        return near.times(distance.minus(near.times(0.5f))).mean();
    }
}

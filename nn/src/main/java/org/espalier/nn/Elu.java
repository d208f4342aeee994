package org.espalier.nn;

import org.espalier.io.FormatException;
import org.espalier.tensor.Tensor;

/**
 * The exponential linear unit: x where x &gt; 0, otherwise α·(eˣ − 1) (Clevert, Unterthiner and Hochreiter 2015, arXiv
 * 1511.07289).
 *
 * @param alpha α, finite and positive
 */
public record Elu(float alpha) implements Activation {
    /**
     * Checks α.
     *
     * @throws IllegalArgumentException if it is not finite and positive
     */
    public Elu {
        if (!(alpha > 0 && alpha < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("ELU: alpha must be finite and positive: " + alpha);
        }
    }

    /** eˣ − 1 where x &lt;= 0, accurate near 0 too: tanh(x/2)·(eˣ + 1). */
    static Tensor expm1(Tensor x) {
        var negative = x.clip(Float.NEGATIVE_INFINITY, 0);
        return negative.times(0.5f).tanh().times(negative.exp().plus(1));
    }

    @Override
    public Tensor of(Tensor x) {
        return Tensor.where(x.greater(Tensor.zeros(x.shape())), x, expm1(x).times(alpha));
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("elu").with("alpha", alpha);
    }

    static Elu build(Blueprint plan) throws FormatException {
        return new Elu(plan.number("alpha"));
    }
}

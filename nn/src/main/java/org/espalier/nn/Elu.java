package org.espalier.nn;

import org.espalier.io.FormatException;
import org.espalier.kernel.ScalarMath;
import org.espalier.kernel.choice.KernelChoice;
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

    /** The same on arrays, of scale·x, to the same bits; the rest of y holds exponentials meanwhile. */
    static void expm1(float[] x, int xo, float scale, float[] y, int yo, int n) {
        var kernels = KernelChoice.current().dense();
        int done = 0;
        for (int half = n / 2; half > 0; half = (n - done) / 2) {
            int at = yo + done;
            for (int i = 0; i < half; i++) {
                float negative = Math.min(x[xo + done + i] * scale, 0f);
                y[at + i] = negative * 0.5f;
                y[at + half + i] = negative;
            }
            kernels.tanh(y, at, y, at, half);
            kernels.exp(y, at + half, y, at + half, half);
            for (int i = 0; i < half; i++) {
                y[at + i] = y[at + i] * (y[at + half + i] + 1);
            }
            done += half;
        }
        if (done < n) {
            float negative = Math.min(x[xo + done] * scale, 0f);
            y[yo + done] = ScalarMath.tanh(negative * 0.5f) * (ScalarMath.exp(negative) + 1);
        }
    }

    @Override
    public Tensor of(Tensor x) {
        return Tensor.where(x.greater(Tensor.zeros(x.shape())), x, expm1(x).times(alpha));
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        expm1(x, xo, 1, y, yo, n);
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] > 0 ? x[xo + i] : y[yo + i] * alpha;
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("elu").with("alpha", alpha);
    }

    static Elu build(Blueprint plan) throws FormatException {
        return new Elu(plan.number("alpha"));
    }
}

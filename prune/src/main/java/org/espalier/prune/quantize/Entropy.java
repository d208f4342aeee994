package org.espalier.prune.quantize;

import org.espalier.compressed.ActivationScale;
import org.espalier.prune.notation.Notation;

/**
 * The range that loses the least information: values beyond ±T are clipped, for the T whose histogram P of magnitudes,
 * with what is clipped in its last bin, has the least relative entropy Σ P·ln(P/Q) to its form Q in 128 levels, the
 * wider of two.
 *
 * <p>P has bins of 1/2048 of the largest magnitude; T is the end of bin 128 to 2048. Q takes the counts without the
 * clipped ones and spreads each level evenly over its bins that are not empty. Exact zeros do not count: they are exact
 * at every scale. Source: Migacz 2017, "8-bit Inference with TensorRT", GPU Technology Conference.
 */
@Notation("entropy")
public record Entropy() implements Observer {
    private static final int BINS = 2048;
    private static final int LEVELS = 128;

    @Override
    public ActivationScale scale(float[] values) {
        float[] range = Values.range(values);
        float largest = Math.max(-range[0], range[1]);
        if (largest == 0) {
            return ActivationScale.of(0, 0);
        }
        var counts = new long[BINS];
        for (float value : values) {
            if (value != 0) {
                counts[Math.min(BINS - 1, (int) ((double) Math.abs(value) / largest * BINS))]++;
            }
        }
        int bins = best(counts);
        float threshold = (float) ((double) largest * bins / BINS);
        return ActivationScale.of(Math.max(range[0], -threshold), Math.min(range[1], threshold));
    }

    /** The number of bins up to T. */
    static int best(long... counts) {
        int best = counts.length;
        double least = divergence(counts, counts.length);
        for (int bins = counts.length - 1; bins >= LEVELS; bins--) {
            double divergence = divergence(counts, bins);
            if (divergence < least) {
                best = bins;
                least = divergence;
            }
        }
        return best;
    }

    /** Σ P·ln(P/Q) for a number of bins; infinite where a bin of P has no Q. */
    private static double divergence(long[] counts, int bins) {
        long clipped = 0;
        for (int i = bins; i < counts.length; i++) {
            clipped += counts[i];
        }
        long inside = 0;
        for (int i = 0; i < bins; i++) {
            inside += counts[i];
        }
        double sum = 0;
        for (int level = 0; level < LEVELS; level++) {
            int from = (int) ((long) level * bins / LEVELS);
            int to = (int) ((level + 1L) * bins / LEVELS);
            long count = 0;
            int filled = 0;
            for (int i = from; i < to; i++) {
                count += counts[i];
                filled += counts[i] > 0 ? 1 : 0;
            }
            for (int i = from; i < to; i++) {
                double p = (double) (counts[i] + (i == bins - 1 ? clipped : 0)) / (inside + clipped);
                double q = counts[i] > 0 ? (double) count / filled / inside : 0;
                sum += p == 0 ? 0 : p * StrictMath.log(p / q);
            }
        }
        return sum;
    }

}

package org.espalier.prune.quantize;

import java.util.Arrays;
import org.espalier.compressed.ActivationScale;
import org.espalier.prune.notation.Notation;

/**
 * From one percentile to the other: a share of 1 − p/100 of the values is clipped on either side. The p-th percentile
 * of n values is number ⌈p/100·n⌉ of the ascending ones; on the other side it is the same number counted from the end.
 * Source: McKinstry et al. 2018, arXiv 1809.04191; compared in Wu et al. 2020, arXiv 2004.09602.
 *
 * @param percent more than 50 and at most 100; 99.99 is usual
 */
@Notation("percentile {percent}")
public record Percentile(double percent) implements Observer {
    private static final int HALF = 50;
    private static final int ALL = 100;

    /** Refuses a percentile that is none. */
    public Percentile {
        if (!(percent > HALF && percent <= ALL)) {
            throw new IllegalArgumentException("a percentile is more than 50 and at most 100, not " + percent);
        }
    }

    @Override
    public ActivationScale scale(float[] values) {
        Values.range(values);
        var sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.clamp(Math.ceil(percent / ALL * sorted.length), 1, sorted.length);
        return ActivationScale.of(sorted[sorted.length - rank], sorted[rank - 1]);
    }

}

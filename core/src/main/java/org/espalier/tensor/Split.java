package org.espalier.tensor;

import org.espalier.parallel.Parallelism;

/**
 * Shares a loop out among the caller's threads when there is enough of it. Only loops whose results are the same
 * however they are cut belong here.
 *
 * <p>Measured on two cores of an AMD EPYC 9004 with both threads awake: a fork-join costs 0.3 to 1.5 µs. Sums and
 * ReLU on two threads take 1.6 times as long as on one at 16,384 elements and win from 32,768 on (1.0 to 1.2
 * times as fast, 1.3 to 1.5 at 65,536). Exponentials, hyperbolic tangents and softmax win from 2,048 on (1.1 to 1.7
 * times as fast) and by 1.5 to 1.8 at 8,192; less is not shared, because a thread that sleeps takes 50 µs to wake.
 */
final class Split {
    /** Elements of a loop of few instructions below which it stays on the caller's thread. */
    static final int WORTH_SPLITTING = 1 << 15;

    /** What an element costs that needs an exponential or the like, in elements of such a loop. */
    static final int FUNCTION = 4;

    /** What an element costs that needs {@link StrictMath}: some 30 to 60 ns. */
    static final int STRICT_MATH = 128;

    /** A boundary between two threads falls on a multiple of this many elements, so they rarely share a cache line. */
    private static final int GRAIN = 1024;

    private Split() {}

    /** A loop over {@code n} elements of few instructions. */
    static void elements(int n, Parallelism.RangeTask loop) {
        elements(n, 1, loop);
    }

    /** A loop over {@code n} elements. */
    static void elements(int n, int cost, Parallelism.RangeTask loop) {
        share(n, (long) n * cost, GRAIN, loop);
    }

    /** A loop over {@code rows} rows of {@code width} elements. */
    static void rows(int rows, int width, int cost, Parallelism.RangeTask loop) {
        share(rows, (long) rows * width * cost, 1, loop);
    }

    /** A loop over {@code width} columns of {@code rows} elements. */
    static void columns(int width, int rows, Parallelism.RangeTask loop) {
        share(width, (long) rows * width, 16, loop);
    }

    private static void share(int total, long elements, int grain, Parallelism.RangeTask loop) {
        if (elements < WORTH_SPLITTING) {
            loop.run(0, total);
        } else {
            Parallelism.current().forRanges(total, grain, loop);
        }
    }
}

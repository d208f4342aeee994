package org.espalier.kernel.warmup;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * The contest between vector kernels that are not compiled yet and their stand-in, which may not be compiled either: so
 * its best time of all is the one to beat, and many times in a row, since both have odd fast and slow rounds.
 */
final class CompileContest {
    private static final int WINS = 20;

    private CompileContest() {}

    /**
     * Whether the challenger is faster than its stand-in ever was, many times in a row.
     *
     * @param rounds after how many it has lost
     * @param nanos how long it may take at least: the compiler may be busy with other methods
     * @param standIn runs the stand-in once and returns its nanoseconds
     * @param challenger the same of the challenger
     * @param pause takes what a round took
     */
    static boolean won(int rounds, long nanos, LongSupplier standIn, LongSupplier challenger, LongConsumer pause) {
        long start = System.nanoTime();
        int wins = 0;
        long best = Long.MAX_VALUE;
        for (int round = 0; wins < WINS && (round < rounds || System.nanoTime() - start < nanos); round++) {
            long toBeat = standIn.getAsLong();
            best = Math.min(best, toBeat);
            long time = challenger.getAsLong();
            wins = time < best ? wins + 1 : 0;
            pause.accept(toBeat + time);
        }
        return wins == WINS;
    }
}

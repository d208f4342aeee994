package org.espalier.kernel.warmup;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** The contest between vector kernels that are not compiled yet and their stand-in. */
final class CompileContest {
    private static final int WINS = 3;

    private CompileContest() {}

    /**
     * Whether the challenger is faster than its stand-in several times in a row.
     *
     * @param rounds after how many it has lost
     * @param standIn runs the stand-in once and returns its nanoseconds
     * @param challenger the same of the challenger
     * @param pause takes what a round took
     */
    static boolean won(int rounds, LongSupplier standIn, LongSupplier challenger, LongConsumer pause) {
        int wins = 0;
        for (int round = 0; round < rounds && wins < WINS; round++) {
            long toBeat = standIn.getAsLong();
            long time = challenger.getAsLong();
            wins = time < toBeat ? wins + 1 : 0;
            pause.accept(toBeat + time);
        }
        return wins == WINS;
    }
}

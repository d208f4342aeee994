package org.espalier.kernel.warmup;

import java.util.function.LongSupplier;

/** The contest between vector kernels that are not compiled yet and their stand-in, and the thread it is held on. */
final class CompileContest {
    private static final int WINS = 3;

    private CompileContest() {}

    /**
     * Whether the challenger is faster than its stand-in several times in a row.
     *
     * @param rounds after so many it has lost
     * @param standIn runs the stand-in once and says how long that took
     * @param challenger the same of the challenger
     */
    static boolean won(int rounds, LongSupplier standIn, LongSupplier challenger) {
        int wins = 0;
        for (int round = 0; round < rounds && wins < WINS; round++) {
            long toBeat = standIn.getAsLong();
            wins = challenger.getAsLong() < toBeat ? wins + 1 : 0;
        }
        return wins == WINS;
    }

    /** Holds the contests on a daemon thread of low priority. */
    static void start(String name, Runnable contests) {
        var thread = new Thread(contests, name);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }
}

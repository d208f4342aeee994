package org.espalier.kernel.warmup;

/**
 * Kernels that are compiled, and so switched over, together. Cold until they are asked for, then warming, then ready or
 * given up.
 */
abstract class Family {
    private static final int COLD = 0;
    private static final int WARMING = 1;
    private static final int READY = 2;
    private static final int GIVEN_UP = 3;

    private final WarmUp warmUp;

    // A thread that sees it late is only slower.
    private volatile int state;

    Family(WarmUp warmUp) {
        this.warmUp = warmUp;
    }

    /** Runs the kernels once on small data: those that stand in, or those that are to be compiled. */
    abstract void run(boolean standIn);

    /** Whether the vector kernels answer; the first question begins their warm-up. */
    final boolean isReady() {
        int now = state;
        if (now == COLD && warmUp.ask(this)) {
            return state == READY;
        }
        return now == READY;
    }

    final boolean isPending() {
        return state == WARMING;
    }

    final void begin() {
        state = WARMING;
    }

    final boolean isCold() {
        return state == COLD;
    }

    /** Ends the warm-up: from now on the vector kernels answer, or the scalar ones for good. */
    final void end(boolean won) {
        state = won ? READY : GIVEN_UP;
        finished();
    }

    /** Drops what was needed to warm up. */
    void finished() {}
}

package org.espalier.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Runs code until the compiler leaves it alone. A fixed time does not do: until C2 has compiled it, a vector loop runs a
 * thousand times slower, and how long that takes depends on what else the machine does. With {@code -Xbatch} the caller
 * waits for each compilation, so none can be under way unseen.
 */
final class WarmUp {
    private static final long SLICE = 50_000_000;
    private static final int QUIET_SLICES = 6;
    private static final long LIMIT = 30_000_000_000L;

    private final Runnable code;
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();

    WarmUp(Runnable code) {
        this.code = code;
    }

    /** Runs at least 0.3 seconds, and at most 30. */
    void untilCompiled() {
        long start = System.nanoTime();
        long compiled = compiler.getTotalCompilationTime();
        for (int quiet = 0; quiet < QUIET_SLICES && System.nanoTime() - start < LIMIT;) {
            runSlice();
            long now = compiler.getTotalCompilationTime();
            quiet = now == compiled ? quiet + 1 : 0;
            compiled = now;
        }
    }

    private void runSlice() {
        long start = System.nanoTime();
        do {
            code.run();
        } while (System.nanoTime() - start < SLICE);
    }
}

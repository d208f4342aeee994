package org.espalier.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Runs code until the compiler leaves it alone. A fixed time does not do: until C2 has compiled it, a vector loop runs
 * a thousand times slower, and how long that takes depends on what else the machine does. With {@code -Xbatch} the
 * caller waits for each compilation, so none can be under way unseen; what is still counted towards one is found by
 * asking for enough executions, not only for enough time.
 */
final class CompilerWarmUp {
    private static final long SLICE = 50_000_000;
    /** Milliseconds of compilation in a slice that do not matter. */
    private static final long TRIFLE = 2;
    private static final long QUIET = 250_000_000;
    private static final int QUIET_RUNS = 200;
    /** Long runs compile inside themselves: so much quiet is enough for any. */
    private static final long LONG_QUIET = 2_000_000_000L;
    private static final long LIMIT = 40_000_000_000L;

    private final Runnable code;
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();

    CompilerWarmUp(Runnable code) {
        this.code = code;
    }

    /** Runs at least a quarter of a second, and about 40 seconds at most. */
    void untilCompiled() {
        long start = System.nanoTime();
        long quietSince = start;
        long runs = 0;
        long compiled = compiler.getTotalCompilationTime();
        while (System.nanoTime() - start < LIMIT) {
            runs += runSlice();
            long now = compiler.getTotalCompilationTime();
            if (now - compiled > TRIFLE) {
                quietSince = System.nanoTime();
                runs = 0;
            }
            compiled = now;
            long quiet = System.nanoTime() - quietSince;
            if (quiet >= QUIET && runs >= QUIET_RUNS || quiet >= LONG_QUIET) {
                return;
            }
        }
    }

    private long runSlice() {
        long start = System.nanoTime();
        long runs = 0;
        do {
            code.run();
            runs++;
        } while (System.nanoTime() - start < SLICE);
        return runs;
    }
}

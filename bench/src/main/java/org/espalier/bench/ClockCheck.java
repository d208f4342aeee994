package org.espalier.bench;

import java.util.Arrays;
import org.espalier.bench.task.Probe;

/**
 * How fast the processor is at the moment, and how much of it this process gets: a chain of dependent operations, timed
 * again and again. A machine that lowers its clock, or that others use, shows in one of the two.
 *
 * @param gigahertz the clock by the fastest chain
 * @param lost the share of the time that was not spent on chains as fast as the fastest
 */
record ClockCheck(double gigahertz, double lost) {
    private static final int CHAINS = 400;
    private static final double STEPS = 2.0 * Probe.STEPS;

    /** A clock below this share of the fastest seen, or more time lost than that, is a disturbance. */
    private static final double SLOW = 0.94;
    private static final double LOST = 0.08;

    /** Measures for about 25 ms. */
    static ClockCheck measure() {
        float sink = 0;
        for (int i = 0; i < CHAINS; i++) {
            sink += Probe.clockChain(i);
        }
        var nanos = new long[CHAINS];
        for (int i = 0; i < CHAINS; i++) {
            long start = System.nanoTime();
            sink += Probe.clockChain(i);
            nanos[i] = System.nanoTime() - start;
        }
        if (sink < 0) {
            throw new AssertionError("the chains are needed");
        }
        return of(nanos);
    }

    /** Of the times of equal chains. */
    static ClockCheck of(long... nanos) {
        long fastest = Arrays.stream(nanos).min().orElseThrow();
        double all = Arrays.stream(nanos).sum();
        return new ClockCheck(STEPS / fastest, 1 - fastest * nanos.length / all);
    }

    /** Whether what was measured near it is not to be trusted, on a machine seen at this clock. */
    boolean isDisturbed(double fastestGigahertz) {
        return gigahertz < SLOW * fastestGigahertz || lost > LOST;
    }
}

package org.espalier.prune.deploy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Workspace;

/**
 * Measures by the clock, compiled code only.
 *
 * <p>First the steps run in turn until no kernel is waited for, no method of this library is in the queues of the
 * JVM's compilers, and no step has become faster for several turns. Then each is measured twice, in short turns that
 * alternate: what disturbs one turn disturbs all formats alike or is left out, and the difference between both
 * measurements says how far they can be trusted. If the compilers do not come to an end within the patience of all
 * measurements together, a measurement is made as it is and says so.
 */
final class RealStopwatch implements Stopwatch {
    /** Whether vector kernels run from the start, though none is compiled: each must be waited for here. */
    private static final boolean UNAIDED = KernelChoice.vector().map(KernelChoice::dense)
            .filter(KernelChoice.current().dense()::equals).isPresent();

    private static final int TURNS = 8;
    private static final long TURN = TimeUnit.MICROSECONDS.toNanos(150);
    private static final long WARM_TURN = TimeUnit.MICROSECONDS.toNanos(UNAIDED ? 3000 : 1000);

    /** Turns without a gain that end the waiting. */
    private static final int STEADY = 5;

    /**
     * The same where less is known: the JVM does not tell what it compiles, or the vector kernels run from the start
     * without a warm-up, so that one may not have been called often enough yet to be compiled at all.
     */
    private static final int STEADY_UNAIDED = 60;

    /** Microseconds: what takes less has run thousands of times in a few turns. */
    private static final double QUICK = 10;

    /** A turn is faster than those before if it takes less than this share of the fastest. */
    private static final double FASTER = 0.95;

    /** What each measurement may wait, however long those before it took. */
    private static final long LEAST_PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

    private final long deadline;

    /**
     * Measurements that wait for compilers no longer than this in all.
     *
     * @param patience nanoseconds
     */
    RealStopwatch(long patience) {
        deadline = System.nanoTime() + patience;
    }

    @Override
    public Timings time(Map<Format, Step> steps, int batch, float[] x) {
        var call = new Call(batch, x, steps.values().iterator().next().out());
        boolean settled = warm(steps, call);
        var first = measure(steps, call);
        var second = measure(steps, call);
        var timings = new EnumMap<Format, Timing>(Format.class);
        first.forEach((format, micros) -> timings.put(format, Timing.of(micros, second.get(format))));
        return new Timings(settled, timings);
    }

    private static Map<Format, Double> measure(Map<Format, Step> steps, Call call) {
        var micros = new EnumMap<Format, Double>(Format.class);
        for (int turn = 0; turn < TURNS; turn++) {
            for (var step : steps.entrySet()) {
                micros.merge(step.getKey(), call.turn(TURN, step.getValue()), Math::min);
            }
        }
        return micros;
    }

    /** Turns of all steps until none of them was faster than several turns ago and all is compiled; false if late. */
    private boolean warm(Map<Format, Step> steps, Call call) {
        long latest = Math.max(deadline, System.nanoTime() + LEAST_PATIENCE);
        var fastest = new EnumMap<Format, Double>(Format.class);
        int steady = 0;
        while (true) {
            steady++;
            for (var step : steps.entrySet()) {
                double micros = call.turn(WARM_TURN, step.getValue());
                double before = fastest.getOrDefault(step.getKey(), Double.POSITIVE_INFINITY);
                if (micros < FASTER * before) {
                    steady = 0;
                }
                fastest.put(step.getKey(), Math.min(before, micros));
            }
            var busy = compiling();
            if (busy.orElse(false)) {
                steady = 0;
            }
            boolean quick = fastest.values().stream().allMatch(micros -> micros < QUICK);
            if (steady >= (quick || busy.isPresent() && !UNAIDED ? STEADY : STEADY_UNAIDED)) {
                return true;
            }
            if (System.nanoTime() > latest) {
                return false;
            }
        }
    }

    private static Optional<Boolean> compiling() {
        var kernels = KernelChoice.current();
        return kernels.dense().settled() && kernels.sparse().settled() ? CompilerQueue.busy() : Optional.of(true);
    }

    /** Calls of a step with one batch after the other. */
    private record Call(int batch, float[] x, float[] y, Workspace workspace) {
        Call(int batch, float[] x, int out) {
            this(batch, x, new float[batch * out], new Workspace());
        }

        /** Calls for some nanoseconds, one at least; the microseconds of one. */
        double turn(long length, Step step) {
            int size = batch * step.in();
            int last = x.length - size;
            int from = 0;
            long start = System.nanoTime();
            long passed = 0;
            int calls = 0;
            while (passed < length) {
                step.apply(x, from, batch, y, 0, workspace);
                from = from + size <= last ? from + size : 0;
                calls++;
                passed = System.nanoTime() - start;
            }
            return passed / 1000.0 / calls;
        }
    }
}

package org.espalier.prune.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Workspace;

/** Measures steps that compute the same: the formats of one layer. */
@FunctionalInterface
interface Stopwatch {
    /**
     * Microseconds that each step takes for a batch.
     *
     * @param x rows, a batch or more; batches are taken in turn
     */
    Map<Format, Double> micros(Map<Format, Step> steps, int batch, float[] x);

    /**
     * Turns of a few hundred microseconds, the steps alternating, the shortest turn of each: what disturbs one turn
     * disturbs all formats alike or is left out. Before, each step runs until its kernels are compiled: nothing stands
     * in for them any more, and it has stopped getting faster.
     */
    static Stopwatch real() {
        return Clock::measure;
    }

    /** The machine's fingerprint: what the times depend on. */
    static String machine() {
        return processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, "
                + KernelChoice.current().dense().name()
                + " kernels, Java " + System.getProperty("java.vm.version");
    }

    /** Whether the kernels measured are those that will compute from now on. */
    static boolean settled() {
        return KernelChoice.current().dense().settled() && KernelChoice.current().sparse().settled();
    }

    /** The processor's name, family and model where the system tells, otherwise its architecture. */
    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            var name = lines.limit(20)
                    .filter(line -> line.matches("(model name|cpu family|model)\\s*:.*"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .collect(Collectors.joining("/"));
            return name.isEmpty() ? System.getProperty("os.arch") : name;
        } catch (IOException | UncheckedIOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** The loops of {@link #real}. */
    final class Clock {
        private static final int TURNS = 12;
        private static final long TURN = 200_000;
        private static final long PATIENCE = 10_000_000_000L;
        private static final long WARM_TURN = 3_000_000;
        private static final int STEADY_TURNS = 6;
        private static final double FASTER = 0.95;

        /** Whether vector kernels run from the start, though none is compiled: each must be waited for here. */
        private static final boolean UNAIDED = KernelChoice.vector().map(KernelChoice::dense)
                .filter(KernelChoice.current().dense()::equals).isPresent();
        private static final int SLOW_TURNS = 60;

        /** Microseconds: what takes less is compiled, as it has run a thousand times in the turns before. */
        private static final double QUICK = 10;

        private Clock() {}

        private static Map<Format, Double> measure(Map<Format, Step> steps, int batch, float[] x) {
            var any = steps.values().iterator().next();
            var y = new float[batch * any.out()];
            var workspace = new Workspace();
            long deadline = System.nanoTime() + PATIENCE;
            for (var step : steps.values()) {
                warm(step, deadline, batch, x, y, workspace);
            }
            var micros = new EnumMap<Format, Double>(Format.class);
            for (int turn = 0; turn < TURNS; turn++) {
                for (var step : steps.entrySet()) {
                    micros.merge(step.getKey(), turn(TURN, step.getValue(), batch, x, y, workspace), Math::min);
                }
            }
            return micros;
        }

        /** Turns until the fastest of them was as fast several turns ago. */
        private static void warm(Step step, long deadline, int batch, float[] x, float[] y, Workspace workspace) {
            double fastest = Double.POSITIVE_INFINITY;
            int steady = 0;
            int enough = UNAIDED ? SLOW_TURNS : STEADY_TURNS;
            while ((steady < enough || !settled()) && System.nanoTime() < deadline) {
                double micros = turn(WARM_TURN, step, batch, x, y, workspace);
                steady = micros < FASTER * fastest ? 0 : steady + 1;
                fastest = Math.min(fastest, micros);
                if (fastest < QUICK) {
                    enough = STEADY_TURNS;
                }
            }
        }

        private static double turn(long length, Step step, int batch, float[] x, float[] y, Workspace workspace) {
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

package org.espalier.prune.deploy;

import java.util.EnumMap;
import java.util.Map;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.SparseKernels;
import org.espalier.nn.infer.Step;
import org.espalier.nn.infer.Workspace;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;

/** Measures steps that compute the same: the formats of one layer. */
@FunctionalInterface
interface Stopwatch {
    /** Microseconds that each step takes for a batch. */
    Map<Format, Double> micros(Map<Format, Step> steps, int batch);

    /**
     * Turns of a few hundred microseconds, the steps alternating, the shortest turn of each: what disturbs one turn
     * disturbs all formats alike or is left out. Before, the steps run until their kernels are compiled.
     */
    static Stopwatch real() {
        return Clock::measure;
    }

    /** The machine's fingerprint: what the times depend on. */
    static String machine() {
        return Kernels.active().name() + ", " + System.getProperty("os.arch") + ", Java "
                + System.getProperty("java.vm.version");
    }

    /** The loops of {@link #real}. */
    final class Clock {
        private static final int TURNS = 12;
        private static final long TURN = 200_000;
        private static final long PATIENCE = 3_000_000_000L;
        private static final int WARM_CALLS = 50;

        private Clock() {}

        private static Map<Format, Double> measure(Map<Format, Step> steps, int batch) {
            var any = steps.get(Format.DENSE);
            float[] x = Rng.of(0).normal(Shape.of(batch, any.in()), 1).toArray();
            var y = new float[batch * any.out()];
            var workspace = new Workspace();
            warm(steps, batch, x, y, workspace);
            var micros = new EnumMap<Format, Double>(Format.class);
            for (int turn = 0; turn < TURNS; turn++) {
                for (var step : steps.entrySet()) {
                    micros.merge(step.getKey(), turn(step.getValue(), batch, x, y, workspace), Math::min);
                }
            }
            return micros;
        }

        private static void warm(Map<Format, Step> steps, int batch, float[] x, float[] y, Workspace workspace) {
            long start = System.nanoTime();
            for (int call = 0; call < WARM_CALLS || !SparseKernels.active().settled(); call++) {
                for (var step : steps.values()) {
                    step.apply(x, 0, batch, y, 0, workspace);
                }
                if (System.nanoTime() - start > PATIENCE) {
                    return;
                }
            }
        }

        private static double turn(Step step, int batch, float[] x, float[] y, Workspace workspace) {
            long start = System.nanoTime();
            long passed = 0;
            int calls = 0;
            while (passed < TURN) {
                step.apply(x, 0, batch, y, 0, workspace);
                calls++;
                passed = System.nanoTime() - start;
            }
            return passed / 1000.0 / calls;
        }
    }
}

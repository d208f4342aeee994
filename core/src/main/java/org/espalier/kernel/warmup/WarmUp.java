package org.espalier.kernel.warmup;

import java.util.List;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.UpdateRule;

/**
 * Makes the compiler take the vector kernels: runs each family on small data until it is faster than its stand-in.
 *
 * <p>The compiler counts calls and turns of loops, so many short products do more than a few long ones. The shapes
 * reach every height and width of a tile and every transposition. A family that is not compiled within
 * {@value #ROUNDS} rounds (a compiler that is switched off or too busy) stays with its stand-in. Runs once, on a daemon
 * thread of low priority.
 */
final class WarmUp implements Runnable {
    private static final int ROUNDS = 4000;
    private static final int SIZE = 192;

    private final WarmingKernels kernels;
    private final int rounds;
    private final float[] a = ramp();
    private final float[] b = ramp();
    private final float[] c = new float[SIZE * SIZE];
    private final float[] sparse = new float[SIZE * SIZE];

    WarmUp(WarmingKernels kernels, int rounds) {
        this.kernels = kernels;
        this.rounds = rounds;
        for (int i = 0; i < sparse.length; i += 5) {
            sparse[i] = 1;
        }
    }

    static void start(WarmingKernels kernels) {
        CompileContest.start("espalier-warm-up", new WarmUp(kernels, ROUNDS));
    }

    private static float[] ramp() {
        var values = new float[SIZE * SIZE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 17 - 8) / 8f;
        }
        return values;
    }

    @Override
    public void run() {
        for (var family : WarmingKernels.Family.values()) {
            if (CompileContest.won(rounds, () -> time(family, kernels.standIn()),
                    () -> time(family, kernels.warming()))) {
                kernels.switchOver(family);
            }
        }
        kernels.end();
    }

    private long time(WarmingKernels.Family family, Kernels subject) {
        long start = System.nanoTime();
        switch (family) {
            case PRODUCTS -> products(subject);
            case ROWS -> rows(subject);
            case MAPS -> maps(subject);
            case UPDATES -> updates(subject);
        }
        return System.nanoTime() - start;
    }

    private void products(Kernels subject) {
        int k = 24;
        for (int m : new int[] {1, 23, 26, 36}) {
            for (int n : new int[] {10, 26, 96, 108, 122}) {
                subject.gemm(false, true, m, n, k, a, 0, k, b, 0, k, false, c, 0, n);
                subject.gemm(false, false, m, n, k, a, 0, k, b, 0, n, true, c, 0, n);
                subject.gemm(true, false, m, n, k, a, 0, m, b, 0, n, false, c, 0, n);
                subject.gemm(true, true, m, n, k, a, 0, m, b, 0, k, true, c, 0, n);
                subject.linear(m, n, k, a, 0, b, 0, a, 0, FusedActivation.RELU, c, 0, n);
                subject.linearPacked(
                        m, sparse, 0, subject.pack(true, k, n, b, 0, k), a, 0, FusedActivation.RELU, c, 0, n);
            }
        }
        subject.transpose(36, 122, a, 0, c, 0);
    }

    private void rows(Kernels subject) {
        int n = 1000;
        c[0] = subject.sum(a, 0, n) + subject.dot(a, 0, b, 0, n) + subject.max(a, 0, n);
        c[0] += subject.logSumExp(a, 0, n);
        subject.addTo(a, 0, c, 0, n);
        subject.reluBackward(a, 0, b, 0, c, 0, n);
        subject.softmax(20, 50, a, 0, c, 0);
        subject.logSoftmax(20, 50, a, 0, c, 0);
        subject.logSoftmax(20, 10, a, 0, c, 0);
    }

    private void maps(Kernels subject) {
        int n = 500;
        subject.exp(a, 0, c, 0, n);
        subject.log(a, 0, c, 0, n);
        subject.tanh(a, 0, c, 0, n);
        subject.sigmoid(a, 0, c, 0, n);
        subject.erf(a, 0, c, 0, n);
        subject.gelu(a, 0, c, 0, n);
        subject.softplus(a, 0, c, 0, n);
    }

    private void updates(Kernels subject) {
        var rules = List.of(
                new UpdateRule.Sgd(0.1f, 0.9f, false, 0),
                new UpdateRule.Adam(0.1f, 0.9f, 0.999f, 1e-8f, 0.01f, true, 2));
        var kept = new long[SIZE * SIZE / Long.SIZE];
        for (var rule : rules) {
            var first = rule.usesFirst() ? new float[1000] : null;
            var second = rule.usesSecond() ? new float[1000] : null;
            subject.update(rule, 0, 1000, a, b, first, second, null, c);
            subject.update(rule, 0, 1000, a, b, first, second, kept, c);
        }
    }
}

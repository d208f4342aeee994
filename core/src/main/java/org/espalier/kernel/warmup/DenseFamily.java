package org.espalier.kernel.warmup;

import java.util.List;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.PackedMatrix;
import org.espalier.kernel.UpdateRule;

/** A family of dense kernels, and the small data it runs on. Sizes reach each height and width of a tile. */
final class DenseFamily extends Family {
    /** What a family computes. */
    enum Kind {
        PRODUCTS,
        PACKED,
        REDUCTIONS,
        ELEMENTWISE,
        SOFTMAX,
        EXP,
        LOG,
        TANH,
        SIGMOID,
        ERF,
        GELU,
        SOFTPLUS,
        TRANSPOSE,
        UPDATES
    }

    /** Rows, and columns, by class: what uses the same tiles. */
    private static final int[][] ROWS = {{1}, {2, 5}, {23, 26, 36}};
    private static final int[][] COLUMNS = {{7, 10, 16}, {26, 40, 64}, {96, 100, 108, 122}};

    /** How many classes of sizes there are. */
    static final int CLASSES = ROWS.length * COLUMNS.length;

    private static final int SIZE = 192;

    private final Kind kind;
    private final Kernels scalar;
    private final Kernels vector;
    private final boolean transA;
    private final boolean transB;
    private final int sizes;
    private Data data;

    /** Made when the warm-up begins, and dropped with it. */
    private static final class Data {
        final float[] a = ramp();
        final float[] b = ramp();
        final float[] c = new float[SIZE * SIZE];
        final float[] sparse = new float[SIZE * SIZE];
        final PackedMatrix[] rows = new PackedMatrix[COLUMNS[COLUMNS.length - 1].length];
        final PackedMatrix[] forVectors = new PackedMatrix[rows.length];

        Data() {
            for (int i = 0; i < sparse.length; i += 5) {
                sparse[i] = 1;
            }
        }

        private static float[] ramp() {
            var values = new float[SIZE * SIZE];
            for (int i = 0; i < values.length; i++) {
                values[i] = (i % 17 - 8) / 8f;
            }
            return values;
        }
    }

    DenseFamily(WarmUp warmUp, Kind kind, Kernels scalar, Kernels vector, boolean transA, boolean transB, int sizes) {
        super(warmUp);
        this.kind = kind;
        this.scalar = scalar;
        this.vector = vector;
        this.transA = transA;
        this.transB = transB;
        this.sizes = sizes;
    }

    /** The class of a product's sizes. */
    static int sizes(int m, int n) {
        int rows = m == 1 ? 0 : m < 6 ? 1 : 2;
        int columns = n <= 16 ? 0 : n <= 64 ? 1 : 2;
        return rows * COLUMNS.length + columns;
    }

    @Override
    void run(boolean standIn) {
        if (data == null) {
            data = new Data();
        }
        run(standIn ? scalar : vector, data.a, data.b, data.c);
    }

    @Override
    void finished() {
        data = null;
    }

    private void run(Kernels subject, float[] a, float[] b, float[] c) {
        int n = 1000;
        switch (kind) {
            case PRODUCTS -> products(subject, a, b, c);
            case PACKED -> packed(subject, a, b, c);
            case REDUCTIONS -> {
                c[0] = subject.sum(a, 0, n) + subject.dot(a, 0, b, 0, n) + subject.max(a, 0, n);
                c[0] += subject.logSumExp(a, 0, n);
            }
            case ELEMENTWISE -> {
                subject.addTo(a, 0, c, 0, n);
                subject.reluBackward(a, 0, b, 0, c, 0, n);
            }
            case SOFTMAX -> {
                subject.softmax(20, 50, a, 0, c, 0);
                subject.logSoftmax(20, 50, a, 0, c, 0);
                subject.logSoftmax(20, 10, a, 0, c, 0);
            }
            case EXP -> subject.exp(a, 0, c, 0, n);
            case LOG -> subject.log(a, 0, c, 0, n);
            case TANH -> subject.tanh(a, 0, c, 0, n);
            case SIGMOID -> subject.sigmoid(a, 0, c, 0, n);
            case ERF -> subject.erf(a, 0, c, 0, n);
            case GELU -> subject.gelu(a, 0, c, 0, n);
            case SOFTPLUS -> subject.softplus(a, 0, c, 0, n);
            case TRANSPOSE -> subject.transpose(36, 122, a, 0, c, 0);
            case UPDATES -> updates(subject, a, b, c);
        }
    }

    private void products(Kernels subject, float[] a, float[] b, float[] c) {
        for (int m : ROWS[sizes / COLUMNS.length]) {
            for (int n : COLUMNS[sizes % COLUMNS.length]) {
                int k = 24;
                subject.gemm(transA, transB, m, n, k, a, 0, transA ? m : k, b, 0, transB ? k : n, false, c, 0, n);
                subject.gemm(transA, transB, m, n, k, a, 0, transA ? m : k, b, 0, transB ? k : n, true, c, 0, n);
                if (transB && !transA) {
                    subject.linear(m, n, k, a, 0, b, 0, a, 0, FusedActivation.RELU, c, 0, n);
                    // rows so far apart that one row of A is multiplied in another way
                    if (m == 1) {
                        subject.gemm(false, true, 1, Math.min(n, 64), k, a, 0, k, b, 0, 512, false, c, 0, n);
                    }
                } else if (!transB && n >= 96) {
                    // so deep that panels of B are copied
                    k = 136;
                    subject.gemm(transA, false, m, n, k, a, 0, transA ? m : k, b, 0, n, false, c, 0, n);
                }
            }
        }
    }

    /** On matrices packed before: packing takes longer than a small product, and needs no vector. */
    private void packed(Kernels subject, float[] a, float[] b, float[] c) {
        // single rows are so quick that their calls would be all that is compared
        int k = sizes < COLUMNS.length ? 96 : 24;
        for (int i = 0; i < COLUMNS[sizes % COLUMNS.length].length; i++) {
            int n = COLUMNS[sizes % COLUMNS.length][i];
            var packed = subject == vector ? data.forVectors : data.rows;
            if (packed[i] == null) {
                packed[i] = subject.pack(false, k, n, b, 0, n);
            }
            var w = packed[i];
            for (int m : ROWS[sizes / COLUMNS.length]) {
                subject.linearPacked(m, data.sparse, 0, w, a, 0, FusedActivation.RELU, c, 0, n);
                subject.linearPacked(m, a, 0, w, a, 0, FusedActivation.RELU, c, 0, n);
                subject.linearPacked(m, a, 0, w, a, 0, FusedActivation.NONE, c, 0, n);
                subject.gemmPacked(false, m, a, 0, k, w, true, c, 0, n);
            }
        }
    }

    private static void updates(Kernels subject, float[] a, float[] b, float[] c) {
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

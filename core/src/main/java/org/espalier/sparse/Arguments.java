package org.espalier.sparse;

import java.util.Objects;
import org.espalier.kernel.FusedActivation;

/** What the layouts do with the arguments of a product. */
final class Arguments {
    private static final int SINGLE = 2;

    private Arguments() {}

    /** Whether to multiply sample by sample: the same bits, and less to do than for vectors that are mostly padding. */
    static boolean single(int batch) {
        return batch <= SINGLE;
    }

    /** Kernels trust their arguments, so those of a layer are checked here. */
    static void check(SparseMatrix w, int batch, float[] x, int xo, float[] bias, FusedActivation activation, float[] y,
            int yo) {
        Objects.requireNonNull(activation, "activation");
        if (batch < 0) {
            throw new IllegalArgumentException("sparse product: a batch of " + batch);
        }
        Objects.checkFromIndexSize(xo, Math.multiplyExact(batch, w.cols()), x.length);
        Objects.checkFromIndexSize(yo, Math.multiplyExact(batch, w.rows()), y.length);
        if (bias != null) {
            Objects.checkFromIndexSize(0, w.rows(), bias.length);
        }
    }
}

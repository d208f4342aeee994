package org.espalier.kernel.warmup;

import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.SparseKernels;

/**
 * The vector kernels for sparse matrices with the scalar ones standing in for them until they are compiled, as {@link
 * WarmingKernels} does for the dense ones.
 */
public final class WarmingSparse implements SparseKernels {
    private final SparseKernels scalar;
    private final SparseKernels vector;
    private final WarmUp warmUp;
    private final Family[] families = new Family[SparseFamily.Kind.values().length];

    WarmingSparse(SparseKernels scalar, SparseKernels vector, WarmUp warmUp) {
        this.scalar = scalar;
        this.vector = vector;
        this.warmUp = warmUp;
        for (var kind : SparseFamily.Kind.values()) {
            families[kind.ordinal()] = new SparseFamily(warmUp, kind, scalar, vector);
        }
    }

    /** These vector kernels behind the scalar ones. */
    public static SparseKernels of(SparseKernels vector) {
        return new WarmingSparse(SparseKernels.scalar(), vector, new WarmUp());
    }

    private SparseKernels of(SparseFamily.Kind kind) {
        return families[kind.ordinal()].isReady() ? vector : scalar;
    }

    Family family(SparseFamily.Kind kind) {
        return families[kind.ordinal()];
    }

    @Override
    public int permuteLanes() {
        return vector.permuteLanes();
    }

    @Override
    public boolean settled() {
        return warmUp.settled();
    }

    @Override
    public void csr(Csr w, float[] values, boolean transX, boolean transY, int from, int to, int batch, float[] x,
            int xo, int ldx, float[] bias, FusedActivation activation, float[] y, int yo, int ldy) {
        of(w.height() == 1 ? SparseFamily.Kind.ROWS : SparseFamily.Kind.BLOCKS).csr(
                w, values, transX, transY, from, to, batch, x, xo, ldx, bias, activation, y, yo, ldy);
    }

    @Override
    public void csrVector(Csr w, float[] values, int from, int to, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        of(w.height() == 1 ? SparseFamily.Kind.ONE_ROWS : SparseFamily.Kind.ONE_BLOCKS).csrVector(
                w, values, from, to, x, xo, bias, activation, y, yo);
    }

    @Override
    public void sellVector(Sell w, int from, int to, int cols, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        of(SparseFamily.Kind.ONE_SELL).sellVector(w, from, to, cols, x, xo, bias, activation, y, yo);
    }

    @Override
    public void permuteVector(Permute w, int from, int to, int cols, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        of(SparseFamily.Kind.ONE_PERMUTE).permuteVector(w, from, to, cols, x, xo, bias, activation, y, yo);
    }

    @Override
    public void bitmapVector(Bitmap w, int from, int to, int cols, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        of(SparseFamily.Kind.ONE_BITMAP).bitmapVector(w, from, to, cols, x, xo, bias, activation, y, yo);
    }

    @Override
    public void sddmm(Csr w, int from, int to, int batch, float[] g, float[] x, float[] out) {
        of(SparseFamily.Kind.GRADIENTS).sddmm(w, from, to, batch, g, x, out);
    }
}

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
    public void csr(boolean transX, boolean transY, int height, int count, int from, int to, int cols, int batch,
            int width, int[] offsets, char[] columns, float[] values, float[] x, int xo, int ldx, float[] bias,
            FusedActivation activation, float[] y, int yo, int ldy) {
        of(height == 1 ? SparseFamily.Kind.ROWS : SparseFamily.Kind.BLOCKS).csr(transX, transY, height, count, from, to,
                cols, batch, width, offsets,
                columns, values, x, xo, ldx, bias, activation, y, yo, ldy);
    }

    @Override
    public void csrVector(int height, int count, int from, int to, int cols, int width, int[] offsets, char[] columns,
            float[] values, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo) {
        of(height == 1 ? SparseFamily.Kind.ONE_ROWS : SparseFamily.Kind.ONE_BLOCKS).csrVector(
                height, count, from, to, cols, width, offsets, columns, values, x, xo, bias, activation, y, yo);
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
    public void bitmapVector(int from, int to, int cols, int[] starts, long[] bits, float[] values, float[] x, int xo,
            float[] bias, FusedActivation activation, float[] y, int yo) {
        of(SparseFamily.Kind.ONE_BITMAP).bitmapVector(from, to, cols, starts, bits, values, x, xo, bias, activation, y,
                yo);
    }

    @Override
    public void sddmm(int count, int from, int to, int cols, int batch, int width, int[] offsets, char[] columns,
            float[] g, float[] x, float[] out) {
        of(SparseFamily.Kind.GRADIENTS).sddmm(count, from, to, cols, batch, width, offsets, columns, g, x, out);
    }
}

package org.espalier.kernel.warmup;

import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.SparseKernels;

/**
 * The vector kernels for sparse matrices with the scalar ones standing in for them until they are compiled, as {@link
 * WarmingKernels} does for the dense ones. Until then a vector loop runs hundreds of times slower than a plain one.
 */
public final class WarmingSparse implements SparseKernels {
    /** Kernels that are compiled, and so switched over, together. */
    enum Family {
        ROWS,
        BLOCKS,
        SINGLE,
        GRADIENTS
    }

    private final SparseKernels scalar;
    private final SparseKernels vector;

    // Each is written once, by the warm-up; a thread that sees it late is only slower.
    private volatile SparseKernels rows;
    private volatile SparseKernels blocks;
    private volatile SparseKernels single;
    private volatile SparseKernels gradients;
    private volatile boolean over;

    WarmingSparse(SparseKernels scalar, SparseKernels vector) {
        this.scalar = scalar;
        this.vector = vector;
        rows = scalar;
        blocks = scalar;
        single = scalar;
        gradients = scalar;
    }

    /** These vector kernels behind the scalar ones; the warm-up begins with their first use. */
    public static SparseKernels of(SparseKernels vector) {
        return new WarmingSparse(SparseKernels.scalar(), vector);
    }

    /** The kernels that answer until the warm-up is over. */
    SparseKernels standIn() {
        return scalar;
    }

    /** The kernels being warmed up. */
    SparseKernels warming() {
        return vector;
    }

    /** From now on the vector kernels answer for this family. */
    void switchOver(Family family) {
        switch (family) {
            case ROWS -> rows = vector;
            case BLOCKS -> blocks = vector;
            case SINGLE -> single = vector;
            case GRADIENTS -> gradients = vector;
        }
    }

    @Override
    public boolean settled() {
        return over || rows == vector && blocks == vector && single == vector && gradients == vector;
    }

    /** The contests are over: a family that lost its own keeps its stand-in. */
    void end() {
        over = true;
    }

    @Override
    public void csr(boolean transX, boolean transY, int height, int count, int from, int to, int cols, int batch,
            int width, int[] offsets, char[] columns, float[] values, float[] x, int xo, int ldx, float[] bias,
            FusedActivation activation, float[] y, int yo, int ldy) {
        (height == 1 ? rows : blocks).csr(transX, transY, height, count, from, to, cols, batch, width, offsets,
                columns, values, x, xo, ldx, bias, activation, y, yo, ldy);
    }

    @Override
    public void csrVector(int height, int count, int from, int to, int cols, int width, int[] offsets, char[] columns,
            float[] values, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo) {
        single.csrVector(
                height, count, from, to, cols, width, offsets, columns, values, x, xo, bias, activation, y, yo);
    }

    @Override
    public void permuteVector(int count, int from, int to, int cols, int[] order, int[] slots, char[] steps,
            byte[] indices, float[] values, float[] x, int xo, float[] bias, FusedActivation activation, float[] y,
            int yo) {
        single.permuteVector(
                count, from, to, cols, order, slots, steps, indices, values, x, xo, bias, activation, y, yo);
    }

    @Override
    public void bitmapVector(int from, int to, int cols, int[] starts, long[] bits, float[] values, float[] x, int xo,
            float[] bias, FusedActivation activation, float[] y, int yo) {
        single.bitmapVector(from, to, cols, starts, bits, values, x, xo, bias, activation, y, yo);
    }

    @Override
    public void sddmm(int count, int from, int to, int cols, int batch, int width, int[] offsets, char[] columns,
            float[] g, float[] x, float[] out) {
        gradients.sddmm(count, from, to, cols, batch, width, offsets, columns, g, x, out);
    }
}

package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.SparseKernels;

/**
 * The bitmap layout on vectors of 16 lanes: 64 rows in the lanes of four sums, and per column one expansion of the next
 * stored values to the lanes whose bits are set and one multiply-add for each sum. So it costs as many multiply-adds as
 * a dense product, but reads from memory only what is stored and a bit for each weight.
 */
final class VectorSparseBitmap {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final int L = 16;
    private static final int ROWS = SparseKernels.BITMAP_ROWS;

    private VectorSparseBitmap() {}

    /**
     * Writes the sums of the rows [from, to), without bias.
     *
     * @param sums receives whole groups of rows, the first from element 0
     */
    static void sums(SparseKernels.Bitmap w, int from, int to, int cols, float[] x, int xo, float[] sums) {
        int[] starts = w.starts();
        long[] bits = w.bits();
        float[] values = w.values();
        for (int row = from; row < to; row += ROWS) {
            FloatVector s0 = FloatVector.zero(F);
            FloatVector s1 = FloatVector.zero(F);
            FloatVector s2 = FloatVector.zero(F);
            FloatVector s3 = FloatVector.zero(F);
            int at = starts[row / ROWS];
            int word = row / ROWS * cols;
            for (int c = 0; c < cols; c++) {
                long b = bits[word + c];
                FloatVector in = FloatVector.broadcast(F, x[xo + c]);
                FloatVector v0 = FloatVector.fromArray(F, values, at).expand(VectorMask.fromLong(F, b));
                at += Long.bitCount(b & 0xFFFF);
                FloatVector v1 = FloatVector.fromArray(F, values, at).expand(VectorMask.fromLong(F, b >>> L));
                at += Long.bitCount(b >>> L & 0xFFFF);
                FloatVector v2 = FloatVector.fromArray(F, values, at).expand(VectorMask.fromLong(F, b >>> 2 * L));
                at += Long.bitCount(b >>> 2 * L & 0xFFFF);
                FloatVector v3 = FloatVector.fromArray(F, values, at).expand(VectorMask.fromLong(F, b >>> 3 * L));
                at += Long.bitCount(b >>> 3 * L);
                s0 = v0.fma(in, s0);
                s1 = v1.fma(in, s1);
                s2 = v2.fma(in, s2);
                s3 = v3.fma(in, s3);
            }
            s0.intoArray(sums, row - from);
            s1.intoArray(sums, row - from + L);
            s2.intoArray(sums, row - from + 2 * L);
            s3.intoArray(sums, row - from + 3 * L);
        }
    }
}

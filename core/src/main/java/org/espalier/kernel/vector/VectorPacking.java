package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Moves blocks of matrices: copies between leading dimensions, transpositions, and the panels of {@link VectorGemm}. A
 * panel holds, for each step of the reduction dimension, {@code width} consecutive elements of B; those beyond the
 * matrix are left with whatever the buffer held, as they only feed elements of C that are never copied out.
 */
final class VectorPacking {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorPacking() {}

    /** Copies [rows × cols] between leading dimensions. */
    static void copy(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        int whole = S.loopBound(cols);
        for (int r = 0; r < rows; r++) {
            int in = xo + r * ldx;
            int out = yo + r * ldy;
            for (int j = 0; j < whole; j += L) {
                FloatVector.fromArray(S, x, in + j).intoArray(y, out + j);
            }
        }
        if (whole < cols) {
            VectorMask<Float> rest = S.indexInRange(whole, cols);
            for (int r = 0; r < rows; r++) {
                FloatVector.fromArray(S, x, xo + r * ldx + whole, rest).intoArray(y, yo + r * ldy + whole, rest);
            }
        }
    }

    /** y[c][r] = x[r][c], [rows × cols]; nothing beside those elements of y is touched. */
    static void transpose(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        if (L == 16 && rows >= 16 && cols >= 16) {
            for (int r = 0; r < rows; r += 16) {
                // the last strip is moved back to end with the rows, and repeats what it shares with the one before
                int at = Math.min(r, rows - 16);
                VectorTranspose512.strip(16, cols, x, xo + at * ldx, ldx, y, yo + at, ldy);
            }
        } else if (L < 16 && rows >= L && cols >= VectorTransposeNarrow.COLUMNS) {
            for (int r = 0; r < rows; r += L) {
                int at = Math.min(r, rows - L);
                VectorTransposeNarrow.strip(cols, x, xo + at * ldx, ldx, y, yo + at, ldy);
            }
        } else {
            transposeScalar(rows, cols, x, xo, ldx, y, yo, ldy);
        }
    }

    /** The same where every row of y has room for whole vectors; what follows its {@code rows} elements is lost. */
    private static void transposeRoomy(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        if (L == 16 && cols >= 16) {
            for (int r = 0; r < rows; r += 16) {
                VectorTranspose512.strip(Math.min(16, rows - r), cols, x, xo + r * ldx, ldx, y, yo + r, ldy);
            }
        } else {
            transpose(rows, cols, x, xo, ldx, y, yo, ldy);
        }
    }

    private static void transposeScalar(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < cols; c++) {
                y[yo + c * ldy + r] = x[xo + r * ldx + c];
            }
        }
    }

    /** Panels of op(B), {@code width} columns each, one after the other. */
    static void panels(boolean transB, int cols, int panels, int width, int depth, float[] b, int bo, int ldb,
            float[] to) {
        int apart = depth * width;
        int done = 0;
        for (; !transB && width == 2 * L && done + 4 <= panels; done += 4) {
            four(depth, b, bo + done * width, ldb, to, done * apart, apart);
        }
        for (; done < panels; done++) {
            panel(transB, Math.min(width, cols - done * width), width, depth, b, bo + done * width * (transB ? ldb : 1),
                    ldb, to, done * apart);
        }
    }

    /**
     * Four panels of two vectors at once: what lies side by side is read together. By hand, as there is no other number
     * of panels or vectors that a template would be for.
     */
    private static void four(int depth, float[] b, int bo, int ldb, float[] to, int at, int apart) {
        for (int p = 0; p < depth; p++) {
            int in = bo + p * ldb;
            int out = at + p * (2 * L);
            FloatVector b0 = FloatVector.fromArray(S, b, in);
            FloatVector b1 = FloatVector.fromArray(S, b, in + L);
            FloatVector b2 = FloatVector.fromArray(S, b, in + 2 * L);
            FloatVector b3 = FloatVector.fromArray(S, b, in + 3 * L);
            FloatVector b4 = FloatVector.fromArray(S, b, in + 4 * L);
            FloatVector b5 = FloatVector.fromArray(S, b, in + 5 * L);
            FloatVector b6 = FloatVector.fromArray(S, b, in + 6 * L);
            FloatVector b7 = FloatVector.fromArray(S, b, in + 7 * L);
            b0.intoArray(to, out);
            b1.intoArray(to, out + L);
            b2.intoArray(to, out + apart);
            b3.intoArray(to, out + apart + L);
            b4.intoArray(to, out + 2 * apart);
            b5.intoArray(to, out + 2 * apart + L);
            b6.intoArray(to, out + 3 * apart);
            b7.intoArray(to, out + 3 * apart + L);
        }
    }

    /** One panel of op(B): {@code depth} steps of {@code cols} elements, {@code width} apart. */
    static void panel(boolean transB, int cols, int width, int depth, float[] b, int bo, int ldb, float[] to, int at) {
        if (transB) {
            transposeRoomy(cols, depth, b, bo, ldb, to, at, width);
        } else if (cols == 4 * L) {
            for (int p = 0; p < depth; p++) {
                FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
                FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + L);
                FloatVector b2 = FloatVector.fromArray(S, b, bo + p * ldb + 2 * L);
                FloatVector b3 = FloatVector.fromArray(S, b, bo + p * ldb + 3 * L);
                b0.intoArray(to, at + p * width);
                b1.intoArray(to, at + p * width + L);
                b2.intoArray(to, at + p * width + 2 * L);
                b3.intoArray(to, at + p * width + 3 * L);
            }
        } else {
            copy(depth, cols, b, bo, ldb, to, at, width);
        }
    }
}

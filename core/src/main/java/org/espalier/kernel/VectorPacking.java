package org.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rearranges blocks of the operands of a product into the layouts of {@link VectorTile}: rows of A at a constant
 * distance, and panels of B that hold one or two vectors for each step of the summed index. Lanes and rows beyond the
 * matrix are left with whatever the buffer held: they only feed elements that are never copied out.
 */
final class VectorPacking {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorPacking() {}

    /** Copies [rows × cols] between leading dimensions. */
    static void copy(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        int whole = S.loopBound(cols);
        VectorMask<Float> rest = S.indexInRange(whole, cols);
        for (int r = 0; r < rows; r++) {
            int in = xo + r * ldx;
            int out = yo + r * ldy;
            for (int j = 0; j < whole; j += L) {
                FloatVector.fromArray(S, x, in + j).intoArray(y, out + j);
            }
            if (whole < cols) {
                FloatVector.fromArray(S, x, in + whole, rest).intoArray(y, out + whole, rest);
            }
        }
    }

    /** y[c][r] = x[r][c], [rows × cols]; y is exact, nothing beside its elements is touched. */
    static void transpose(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        int wholeRows = L == 16 ? rows & -16 : 0;
        int wholeCols = L == 16 ? cols & -16 : 0;
        for (int r = 0; r < wholeRows; r += 16) {
            for (int c = 0; c < wholeCols; c += 16) {
                VectorTranspose512.block(x, xo + r * ldx + c, ldx, y, yo + c * ldy + r, ldy);
            }
        }
        if (wholeCols < cols) {
            scalar(wholeRows, cols - wholeCols, x, xo + wholeCols, ldx, y, yo + wholeCols * ldy, ldy);
        }
        if (wholeRows < rows) {
            scalar(rows - wholeRows, cols, x, xo + wholeRows * ldx, ldx, y, yo + wholeRows, ldy);
        }
    }

    private static void scalar(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < cols; c++) {
                y[yo + c * ldy + r] = x[xo + r * ldx + c];
            }
        }
    }

    /** Panels of B [depth × n] for the columns from 0 to n: two vectors wide, the last one or two. */
    static void panels(int n, int depth, float[] b, int bo, int ldb, float[] to, int at) {
        for (int j = 0; j < n; j += 2 * L) {
            int left = n - j;
            int panel = at + j * depth;
            if (left >= 2 * L) {
                for (int p = 0; p < depth; p++) {
                    FloatVector low = FloatVector.fromArray(S, b, bo + p * ldb + j);
                    FloatVector high = FloatVector.fromArray(S, b, bo + p * ldb + j + L);
                    low.intoArray(to, panel + p * 2 * L);
                    high.intoArray(to, panel + p * 2 * L + L);
                }
            } else {
                copy(depth, left, b, bo + j, ldb, to, panel, left > L ? 2 * L : L);
            }
        }
    }

    /** The same panels from B stored [n × depth]. */
    static void panelsTransposed(int n, int depth, float[] b, int bo, int ldb, float[] to, int at) {
        for (int j = 0; j < n; j += 2 * L) {
            int left = Math.min(2 * L, n - j);
            transpose(left, depth, b, bo + j * ldb, ldb, to, at + j * depth, left > L ? 2 * L : L);
        }
    }
}

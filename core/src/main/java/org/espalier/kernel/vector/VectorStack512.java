package org.espalier.kernel.vector;

/**
 * Tiles for 512-bit machines that start from zero, stacked: one loop runs them down a panel. Without a call and first
 * loads for each, a tile of 6 × 64 costs 25 ns instead of 35 besides its multiply-adds, which take 420 ns at a depth of
 * 64 (AMD EPYC 9004). One form serves both ways of storing A.
 *
 * <p>Where rows are left over, the last of the narrower tiles is moved back to end with the rows and computes what it
 * shares with the one before again; where columns are missing, a mask keeps off what is beside them. Vectors of 256
 * bits would suit eight columns better, but once the compiler has seen two kinds of vectors in the methods of the API,
 * it puts those of the largest tile on the heap.
 */
final class VectorStack512 {
    /** Rows of the narrower tiles. */
    private static final int ROWS = 8;

    private VectorStack512() {}

    /** Whether {@link #run} computes all rows of a panel. */
    static boolean covers(int m, int columns) {
        return m >= ROWS && columns <= 32;
    }

    /** C = op(A) · B for the uppermost rows of a panel; how many that was. */
    static int run(int m, int columns, int depth, float[] a, int ao, int rowStep, int sumStep, float[] b, int bo,
            int ldb, float[] c, int co, int ldc) {
        if (columns == 64) {
            VectorStackTiles512.tiles6x4(m, depth, a, ao, rowStep, sumStep, b, bo, ldb, c, co, ldc);
            return m - m % 6;
        }
        if (!covers(m, columns)) {
            return 0;
        }
        narrow(m - m % ROWS, columns, depth, a, ao, rowStep, sumStep, b, bo, ldb, c, co, ldc);
        if (m % ROWS > 0) {
            int last = m - ROWS;
            narrow(ROWS, columns, depth, a, ao + last * rowStep, rowStep, sumStep, b, bo, ldb, c, co + last * ldc, ldc);
        }
        return m;
    }

    private static void narrow(int m, int columns, int depth, float[] a, int ao, int rowStep, int sumStep, float[] b,
            int bo, int ldb, float[] c, int co, int ldc) {
        if (columns == 32) {
            VectorStackTiles512.tiles8x2(m, depth, a, ao, rowStep, sumStep, b, bo, ldb, c, co, ldc);
        } else if (columns > 16) {
            VectorStackTiles512.part8x2(m, columns, depth, a, ao, rowStep, sumStep, b, bo, ldb, c, co, ldc);
        } else {
            VectorStackTiles512.part8x1(m, columns, depth, a, ao, rowStep, sumStep, b, bo, ldb, c, co, ldc);
        }
    }
}

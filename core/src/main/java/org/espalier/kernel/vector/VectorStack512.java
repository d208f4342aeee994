package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

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
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;

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
            tiles6x4(m, depth, a, ao, rowStep, sumStep, b, bo, ldb, c, co, ldc);
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
            tiles8x2(m, depth, a, ao, rowStep, sumStep, b, bo, ldb, c, co, ldc);
        } else if (columns > 16) {
            part8x2(m, columns, depth, a, ao, rowStep, sumStep, b, bo, ldb, c, co, ldc);
        } else {
            part8x1(m, columns, depth, a, ao, rowStep, sumStep, b, bo, ldb, c, co, ldc);
        }
    }

    /** 64 columns. */
    private static void tiles6x4(int m, int depth, float[] a, int ao, int rowStep, int sumStep, float[] b, int bo,
            int ldb, float[] c, int co, int ldc) {
        for (int row = 0; row + 6 <= m; row += 6) {
            int a0 = ao + row * rowStep;
            int a1 = a0 + rowStep;
            int a2 = a0 + 2 * rowStep;
            int a3 = a0 + 3 * rowStep;
            int a4 = a0 + 4 * rowStep;
            int a5 = a0 + 5 * rowStep;
            FloatVector c00 = FloatVector.zero(S);
            FloatVector c01 = FloatVector.zero(S);
            FloatVector c02 = FloatVector.zero(S);
            FloatVector c03 = FloatVector.zero(S);
            FloatVector c10 = FloatVector.zero(S);
            FloatVector c11 = FloatVector.zero(S);
            FloatVector c12 = FloatVector.zero(S);
            FloatVector c13 = FloatVector.zero(S);
            FloatVector c20 = FloatVector.zero(S);
            FloatVector c21 = FloatVector.zero(S);
            FloatVector c22 = FloatVector.zero(S);
            FloatVector c23 = FloatVector.zero(S);
            FloatVector c30 = FloatVector.zero(S);
            FloatVector c31 = FloatVector.zero(S);
            FloatVector c32 = FloatVector.zero(S);
            FloatVector c33 = FloatVector.zero(S);
            FloatVector c40 = FloatVector.zero(S);
            FloatVector c41 = FloatVector.zero(S);
            FloatVector c42 = FloatVector.zero(S);
            FloatVector c43 = FloatVector.zero(S);
            FloatVector c50 = FloatVector.zero(S);
            FloatVector c51 = FloatVector.zero(S);
            FloatVector c52 = FloatVector.zero(S);
            FloatVector c53 = FloatVector.zero(S);
            for (int p = 0; p < depth; p++) {
                FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
                FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16);
                FloatVector b2 = FloatVector.fromArray(S, b, bo + p * ldb + 32);
                FloatVector b3 = FloatVector.fromArray(S, b, bo + p * ldb + 48);
                FloatVector x = FloatVector.broadcast(S, a[a0 + p * sumStep]);
                c00 = x.fma(b0, c00);
                c01 = x.fma(b1, c01);
                c02 = x.fma(b2, c02);
                c03 = x.fma(b3, c03);
                x = FloatVector.broadcast(S, a[a1 + p * sumStep]);
                c10 = x.fma(b0, c10);
                c11 = x.fma(b1, c11);
                c12 = x.fma(b2, c12);
                c13 = x.fma(b3, c13);
                x = FloatVector.broadcast(S, a[a2 + p * sumStep]);
                c20 = x.fma(b0, c20);
                c21 = x.fma(b1, c21);
                c22 = x.fma(b2, c22);
                c23 = x.fma(b3, c23);
                x = FloatVector.broadcast(S, a[a3 + p * sumStep]);
                c30 = x.fma(b0, c30);
                c31 = x.fma(b1, c31);
                c32 = x.fma(b2, c32);
                c33 = x.fma(b3, c33);
                x = FloatVector.broadcast(S, a[a4 + p * sumStep]);
                c40 = x.fma(b0, c40);
                c41 = x.fma(b1, c41);
                c42 = x.fma(b2, c42);
                c43 = x.fma(b3, c43);
                x = FloatVector.broadcast(S, a[a5 + p * sumStep]);
                c50 = x.fma(b0, c50);
                c51 = x.fma(b1, c51);
                c52 = x.fma(b2, c52);
                c53 = x.fma(b3, c53);
            }
            int to = co + row * ldc;
            c00.intoArray(c, to);
            c01.intoArray(c, to + 16);
            c02.intoArray(c, to + 32);
            c03.intoArray(c, to + 48);
            c10.intoArray(c, to + ldc);
            c11.intoArray(c, to + ldc + 16);
            c12.intoArray(c, to + ldc + 32);
            c13.intoArray(c, to + ldc + 48);
            c20.intoArray(c, to + 2 * ldc);
            c21.intoArray(c, to + 2 * ldc + 16);
            c22.intoArray(c, to + 2 * ldc + 32);
            c23.intoArray(c, to + 2 * ldc + 48);
            c30.intoArray(c, to + 3 * ldc);
            c31.intoArray(c, to + 3 * ldc + 16);
            c32.intoArray(c, to + 3 * ldc + 32);
            c33.intoArray(c, to + 3 * ldc + 48);
            c40.intoArray(c, to + 4 * ldc);
            c41.intoArray(c, to + 4 * ldc + 16);
            c42.intoArray(c, to + 4 * ldc + 32);
            c43.intoArray(c, to + 4 * ldc + 48);
            c50.intoArray(c, to + 5 * ldc);
            c51.intoArray(c, to + 5 * ldc + 16);
            c52.intoArray(c, to + 5 * ldc + 32);
            c53.intoArray(c, to + 5 * ldc + 48);
        }
    }

    /** 32 columns. */
    private static void tiles8x2(int m, int depth, float[] a, int ao, int rowStep, int sumStep, float[] b, int bo,
            int ldb, float[] c, int co, int ldc) {
        for (int row = 0; row < m; row += 8) {
            int a0 = ao + row * rowStep;
            int a1 = a0 + rowStep;
            int a2 = a0 + 2 * rowStep;
            int a3 = a0 + 3 * rowStep;
            int a4 = a0 + 4 * rowStep;
            int a5 = a0 + 5 * rowStep;
            int a6 = a0 + 6 * rowStep;
            int a7 = a0 + 7 * rowStep;
            FloatVector c00 = FloatVector.zero(S);
            FloatVector c01 = FloatVector.zero(S);
            FloatVector c10 = FloatVector.zero(S);
            FloatVector c11 = FloatVector.zero(S);
            FloatVector c20 = FloatVector.zero(S);
            FloatVector c21 = FloatVector.zero(S);
            FloatVector c30 = FloatVector.zero(S);
            FloatVector c31 = FloatVector.zero(S);
            FloatVector c40 = FloatVector.zero(S);
            FloatVector c41 = FloatVector.zero(S);
            FloatVector c50 = FloatVector.zero(S);
            FloatVector c51 = FloatVector.zero(S);
            FloatVector c60 = FloatVector.zero(S);
            FloatVector c61 = FloatVector.zero(S);
            FloatVector c70 = FloatVector.zero(S);
            FloatVector c71 = FloatVector.zero(S);
            for (int p = 0; p < depth; p++) {
                FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
                FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16);
                FloatVector x = FloatVector.broadcast(S, a[a0 + p * sumStep]);
                c00 = x.fma(b0, c00);
                c01 = x.fma(b1, c01);
                x = FloatVector.broadcast(S, a[a1 + p * sumStep]);
                c10 = x.fma(b0, c10);
                c11 = x.fma(b1, c11);
                x = FloatVector.broadcast(S, a[a2 + p * sumStep]);
                c20 = x.fma(b0, c20);
                c21 = x.fma(b1, c21);
                x = FloatVector.broadcast(S, a[a3 + p * sumStep]);
                c30 = x.fma(b0, c30);
                c31 = x.fma(b1, c31);
                x = FloatVector.broadcast(S, a[a4 + p * sumStep]);
                c40 = x.fma(b0, c40);
                c41 = x.fma(b1, c41);
                x = FloatVector.broadcast(S, a[a5 + p * sumStep]);
                c50 = x.fma(b0, c50);
                c51 = x.fma(b1, c51);
                x = FloatVector.broadcast(S, a[a6 + p * sumStep]);
                c60 = x.fma(b0, c60);
                c61 = x.fma(b1, c61);
                x = FloatVector.broadcast(S, a[a7 + p * sumStep]);
                c70 = x.fma(b0, c70);
                c71 = x.fma(b1, c71);
            }
            int to = co + row * ldc;
            c00.intoArray(c, to);
            c01.intoArray(c, to + 16);
            c10.intoArray(c, to + ldc);
            c11.intoArray(c, to + ldc + 16);
            c20.intoArray(c, to + 2 * ldc);
            c21.intoArray(c, to + 2 * ldc + 16);
            c30.intoArray(c, to + 3 * ldc);
            c31.intoArray(c, to + 3 * ldc + 16);
            c40.intoArray(c, to + 4 * ldc);
            c41.intoArray(c, to + 4 * ldc + 16);
            c50.intoArray(c, to + 5 * ldc);
            c51.intoArray(c, to + 5 * ldc + 16);
            c60.intoArray(c, to + 6 * ldc);
            c61.intoArray(c, to + 6 * ldc + 16);
            c70.intoArray(c, to + 7 * ldc);
            c71.intoArray(c, to + 7 * ldc + 16);
        }
    }

    /** 17 to 31 columns. */
    private static void part8x2(int m, int columns, int depth, float[] a, int ao, int rowStep, int sumStep, float[] b,
            int bo, int ldb, float[] c, int co, int ldc) {
        VectorMask<Float> part = S.indexInRange(16, columns);
        for (int row = 0; row < m; row += 8) {
            int a0 = ao + row * rowStep;
            int a1 = a0 + rowStep;
            int a2 = a0 + 2 * rowStep;
            int a3 = a0 + 3 * rowStep;
            int a4 = a0 + 4 * rowStep;
            int a5 = a0 + 5 * rowStep;
            int a6 = a0 + 6 * rowStep;
            int a7 = a0 + 7 * rowStep;
            FloatVector c00 = FloatVector.zero(S);
            FloatVector c01 = FloatVector.zero(S);
            FloatVector c10 = FloatVector.zero(S);
            FloatVector c11 = FloatVector.zero(S);
            FloatVector c20 = FloatVector.zero(S);
            FloatVector c21 = FloatVector.zero(S);
            FloatVector c30 = FloatVector.zero(S);
            FloatVector c31 = FloatVector.zero(S);
            FloatVector c40 = FloatVector.zero(S);
            FloatVector c41 = FloatVector.zero(S);
            FloatVector c50 = FloatVector.zero(S);
            FloatVector c51 = FloatVector.zero(S);
            FloatVector c60 = FloatVector.zero(S);
            FloatVector c61 = FloatVector.zero(S);
            FloatVector c70 = FloatVector.zero(S);
            FloatVector c71 = FloatVector.zero(S);
            for (int p = 0; p < depth; p++) {
                FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
                FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16, part);
                FloatVector x = FloatVector.broadcast(S, a[a0 + p * sumStep]);
                c00 = x.fma(b0, c00);
                c01 = x.fma(b1, c01);
                x = FloatVector.broadcast(S, a[a1 + p * sumStep]);
                c10 = x.fma(b0, c10);
                c11 = x.fma(b1, c11);
                x = FloatVector.broadcast(S, a[a2 + p * sumStep]);
                c20 = x.fma(b0, c20);
                c21 = x.fma(b1, c21);
                x = FloatVector.broadcast(S, a[a3 + p * sumStep]);
                c30 = x.fma(b0, c30);
                c31 = x.fma(b1, c31);
                x = FloatVector.broadcast(S, a[a4 + p * sumStep]);
                c40 = x.fma(b0, c40);
                c41 = x.fma(b1, c41);
                x = FloatVector.broadcast(S, a[a5 + p * sumStep]);
                c50 = x.fma(b0, c50);
                c51 = x.fma(b1, c51);
                x = FloatVector.broadcast(S, a[a6 + p * sumStep]);
                c60 = x.fma(b0, c60);
                c61 = x.fma(b1, c61);
                x = FloatVector.broadcast(S, a[a7 + p * sumStep]);
                c70 = x.fma(b0, c70);
                c71 = x.fma(b1, c71);
            }
            int to = co + row * ldc;
            c00.intoArray(c, to);
            c01.intoArray(c, to + 16, part);
            c10.intoArray(c, to + ldc);
            c11.intoArray(c, to + ldc + 16, part);
            c20.intoArray(c, to + 2 * ldc);
            c21.intoArray(c, to + 2 * ldc + 16, part);
            c30.intoArray(c, to + 3 * ldc);
            c31.intoArray(c, to + 3 * ldc + 16, part);
            c40.intoArray(c, to + 4 * ldc);
            c41.intoArray(c, to + 4 * ldc + 16, part);
            c50.intoArray(c, to + 5 * ldc);
            c51.intoArray(c, to + 5 * ldc + 16, part);
            c60.intoArray(c, to + 6 * ldc);
            c61.intoArray(c, to + 6 * ldc + 16, part);
            c70.intoArray(c, to + 7 * ldc);
            c71.intoArray(c, to + 7 * ldc + 16, part);
        }
    }

    /** Up to 16 columns. */
    private static void part8x1(int m, int columns, int depth, float[] a, int ao, int rowStep, int sumStep, float[] b,
            int bo, int ldb, float[] c, int co, int ldc) {
        VectorMask<Float> part = S.indexInRange(0, columns);
        for (int row = 0; row < m; row += 8) {
            int a0 = ao + row * rowStep;
            int a1 = a0 + rowStep;
            int a2 = a0 + 2 * rowStep;
            int a3 = a0 + 3 * rowStep;
            int a4 = a0 + 4 * rowStep;
            int a5 = a0 + 5 * rowStep;
            int a6 = a0 + 6 * rowStep;
            int a7 = a0 + 7 * rowStep;
            FloatVector c0 = FloatVector.zero(S);
            FloatVector c1 = FloatVector.zero(S);
            FloatVector c2 = FloatVector.zero(S);
            FloatVector c3 = FloatVector.zero(S);
            FloatVector c4 = FloatVector.zero(S);
            FloatVector c5 = FloatVector.zero(S);
            FloatVector c6 = FloatVector.zero(S);
            FloatVector c7 = FloatVector.zero(S);
            for (int p = 0; p < depth; p++) {
                FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb, part);
                FloatVector x = FloatVector.broadcast(S, a[a0 + p * sumStep]);
                c0 = x.fma(b0, c0);
                x = FloatVector.broadcast(S, a[a1 + p * sumStep]);
                c1 = x.fma(b0, c1);
                x = FloatVector.broadcast(S, a[a2 + p * sumStep]);
                c2 = x.fma(b0, c2);
                x = FloatVector.broadcast(S, a[a3 + p * sumStep]);
                c3 = x.fma(b0, c3);
                x = FloatVector.broadcast(S, a[a4 + p * sumStep]);
                c4 = x.fma(b0, c4);
                x = FloatVector.broadcast(S, a[a5 + p * sumStep]);
                c5 = x.fma(b0, c5);
                x = FloatVector.broadcast(S, a[a6 + p * sumStep]);
                c6 = x.fma(b0, c6);
                x = FloatVector.broadcast(S, a[a7 + p * sumStep]);
                c7 = x.fma(b0, c7);
            }
            int to = co + row * ldc;
            c0.intoArray(c, to, part);
            c1.intoArray(c, to + ldc, part);
            c2.intoArray(c, to + 2 * ldc, part);
            c3.intoArray(c, to + 3 * ldc, part);
            c4.intoArray(c, to + 4 * ldc, part);
            c5.intoArray(c, to + 5 * ldc, part);
            c6.intoArray(c, to + 6 * ldc, part);
            c7.intoArray(c, to + 7 * ldc, part);
        }
    }
}

package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Tiles that start from zero, one loop down a panel; see {@link VectorStack512}. */
final class VectorStackTiles512 {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;

    private VectorStackTiles512() {}

    /** 64 columns. */
    static void tiles6x4(int m, int kc, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, int ldb, float[]
            c, int co, int ldc) {
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
            for (int p = 0; p < kc; p++) {
                FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
                FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16);
                FloatVector b2 = FloatVector.fromArray(S, b, bo + p * ldb + 32);
                FloatVector b3 = FloatVector.fromArray(S, b, bo + p * ldb + 48);
                FloatVector x = FloatVector.broadcast(S, a[a0 + p * kStep]);
                c00 = x.fma(b0, c00);
                c01 = x.fma(b1, c01);
                c02 = x.fma(b2, c02);
                c03 = x.fma(b3, c03);
                x = FloatVector.broadcast(S, a[a1 + p * kStep]);
                c10 = x.fma(b0, c10);
                c11 = x.fma(b1, c11);
                c12 = x.fma(b2, c12);
                c13 = x.fma(b3, c13);
                x = FloatVector.broadcast(S, a[a2 + p * kStep]);
                c20 = x.fma(b0, c20);
                c21 = x.fma(b1, c21);
                c22 = x.fma(b2, c22);
                c23 = x.fma(b3, c23);
                x = FloatVector.broadcast(S, a[a3 + p * kStep]);
                c30 = x.fma(b0, c30);
                c31 = x.fma(b1, c31);
                c32 = x.fma(b2, c32);
                c33 = x.fma(b3, c33);
                x = FloatVector.broadcast(S, a[a4 + p * kStep]);
                c40 = x.fma(b0, c40);
                c41 = x.fma(b1, c41);
                c42 = x.fma(b2, c42);
                c43 = x.fma(b3, c43);
                x = FloatVector.broadcast(S, a[a5 + p * kStep]);
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
    static void tiles8x2(int m, int kc, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, int ldb, float[]
            c, int co, int ldc) {
        for (int row = 0; row + 8 <= m; row += 8) {
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
            for (int p = 0; p < kc; p++) {
                FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
                FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16);
                FloatVector x = FloatVector.broadcast(S, a[a0 + p * kStep]);
                c00 = x.fma(b0, c00);
                c01 = x.fma(b1, c01);
                x = FloatVector.broadcast(S, a[a1 + p * kStep]);
                c10 = x.fma(b0, c10);
                c11 = x.fma(b1, c11);
                x = FloatVector.broadcast(S, a[a2 + p * kStep]);
                c20 = x.fma(b0, c20);
                c21 = x.fma(b1, c21);
                x = FloatVector.broadcast(S, a[a3 + p * kStep]);
                c30 = x.fma(b0, c30);
                c31 = x.fma(b1, c31);
                x = FloatVector.broadcast(S, a[a4 + p * kStep]);
                c40 = x.fma(b0, c40);
                c41 = x.fma(b1, c41);
                x = FloatVector.broadcast(S, a[a5 + p * kStep]);
                c50 = x.fma(b0, c50);
                c51 = x.fma(b1, c51);
                x = FloatVector.broadcast(S, a[a6 + p * kStep]);
                c60 = x.fma(b0, c60);
                c61 = x.fma(b1, c61);
                x = FloatVector.broadcast(S, a[a7 + p * kStep]);
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
    static void part8x2(int m, int columns, int kc, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, int
            ldb, float[] c, int co, int ldc) {
        VectorMask<Float> part = S.indexInRange(16, columns);
        for (int row = 0; row + 8 <= m; row += 8) {
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
            for (int p = 0; p < kc; p++) {
                FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
                FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16, part);
                FloatVector x = FloatVector.broadcast(S, a[a0 + p * kStep]);
                c00 = x.fma(b0, c00);
                c01 = x.fma(b1, c01);
                x = FloatVector.broadcast(S, a[a1 + p * kStep]);
                c10 = x.fma(b0, c10);
                c11 = x.fma(b1, c11);
                x = FloatVector.broadcast(S, a[a2 + p * kStep]);
                c20 = x.fma(b0, c20);
                c21 = x.fma(b1, c21);
                x = FloatVector.broadcast(S, a[a3 + p * kStep]);
                c30 = x.fma(b0, c30);
                c31 = x.fma(b1, c31);
                x = FloatVector.broadcast(S, a[a4 + p * kStep]);
                c40 = x.fma(b0, c40);
                c41 = x.fma(b1, c41);
                x = FloatVector.broadcast(S, a[a5 + p * kStep]);
                c50 = x.fma(b0, c50);
                c51 = x.fma(b1, c51);
                x = FloatVector.broadcast(S, a[a6 + p * kStep]);
                c60 = x.fma(b0, c60);
                c61 = x.fma(b1, c61);
                x = FloatVector.broadcast(S, a[a7 + p * kStep]);
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
    static void part8x1(int m, int columns, int kc, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, int
            ldb, float[] c, int co, int ldc) {
        VectorMask<Float> part = S.indexInRange(0, columns);
        for (int row = 0; row + 8 <= m; row += 8) {
            int a0 = ao + row * rowStep;
            int a1 = a0 + rowStep;
            int a2 = a0 + 2 * rowStep;
            int a3 = a0 + 3 * rowStep;
            int a4 = a0 + 4 * rowStep;
            int a5 = a0 + 5 * rowStep;
            int a6 = a0 + 6 * rowStep;
            int a7 = a0 + 7 * rowStep;
            FloatVector c00 = FloatVector.zero(S);
            FloatVector c10 = FloatVector.zero(S);
            FloatVector c20 = FloatVector.zero(S);
            FloatVector c30 = FloatVector.zero(S);
            FloatVector c40 = FloatVector.zero(S);
            FloatVector c50 = FloatVector.zero(S);
            FloatVector c60 = FloatVector.zero(S);
            FloatVector c70 = FloatVector.zero(S);
            for (int p = 0; p < kc; p++) {
                FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb, part);
                FloatVector x = FloatVector.broadcast(S, a[a0 + p * kStep]);
                c00 = x.fma(b0, c00);
                x = FloatVector.broadcast(S, a[a1 + p * kStep]);
                c10 = x.fma(b0, c10);
                x = FloatVector.broadcast(S, a[a2 + p * kStep]);
                c20 = x.fma(b0, c20);
                x = FloatVector.broadcast(S, a[a3 + p * kStep]);
                c30 = x.fma(b0, c30);
                x = FloatVector.broadcast(S, a[a4 + p * kStep]);
                c40 = x.fma(b0, c40);
                x = FloatVector.broadcast(S, a[a5 + p * kStep]);
                c50 = x.fma(b0, c50);
                x = FloatVector.broadcast(S, a[a6 + p * kStep]);
                c60 = x.fma(b0, c60);
                x = FloatVector.broadcast(S, a[a7 + p * kStep]);
                c70 = x.fma(b0, c70);
            }
            int to = co + row * ldc;
            c00.intoArray(c, to, part);
            c10.intoArray(c, to + ldc, part);
            c20.intoArray(c, to + 2 * ldc, part);
            c30.intoArray(c, to + 3 * ldc, part);
            c40.intoArray(c, to + 4 * ldc, part);
            c50.intoArray(c, to + 5 * ldc, part);
            c60.intoArray(c, to + 6 * ldc, part);
            c70.intoArray(c, to + 7 * ldc, part);
        }
    }
}

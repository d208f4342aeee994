package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Tiles of three and four vectors for either way of storing A; see {@link VectorTile}. */
final class VectorTileWide512 {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;

    private VectorTileWide512() {}

    /** One tile; the arguments are those of {@link VectorTile#run}. */
    static void run(int height, int vectors, int kc, int last, float[] a, int ao, int rowStep, int kStep, float[] b, int
            bo, int ldb, float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        switch (16 * vectors + height) {
            case 70 -> tile6x4(kc, last, a, ao, rowStep, kStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 68 -> tile4x4(kc, last, a, ao, rowStep, kStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 66 -> tile2x4(kc, last, a, ao, rowStep, kStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 65 -> tile1x4(kc, last, a, ao, rowStep, kStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 54 -> tile6x3(kc, last, a, ao, rowStep, kStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 52 -> tile4x3(kc, last, a, ao, rowStep, kStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 50 -> tile2x3(kc, last, a, ao, rowStep, kStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 49 -> tile1x3(kc, last, a, ao, rowStep, kStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            default -> throw new IllegalArgumentException("no tile of " + height + " rows and " + vectors + " vectors");
        }
    }

    private static void tile6x4(int kc, int last, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        int a1 = ao + rowStep;
        int a2 = ao + 2 * rowStep;
        int a3 = ao + 3 * rowStep;
        int a4 = ao + 4 * rowStep;
        int a5 = ao + 5 * rowStep;
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + 16);
        FloatVector c02 = FloatVector.fromArray(S, from, fo + 32);
        FloatVector c03 = FloatVector.fromArray(S, from, fo + last);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + 16);
        FloatVector c12 = FloatVector.fromArray(S, from, fo + ldf + 32);
        FloatVector c13 = FloatVector.fromArray(S, from, fo + ldf + last);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c21 = FloatVector.fromArray(S, from, fo + 2 * ldf + 16);
        FloatVector c22 = FloatVector.fromArray(S, from, fo + 2 * ldf + 32);
        FloatVector c23 = FloatVector.fromArray(S, from, fo + 2 * ldf + last);
        FloatVector c30 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c31 = FloatVector.fromArray(S, from, fo + 3 * ldf + 16);
        FloatVector c32 = FloatVector.fromArray(S, from, fo + 3 * ldf + 32);
        FloatVector c33 = FloatVector.fromArray(S, from, fo + 3 * ldf + last);
        FloatVector c40 = FloatVector.fromArray(S, from, fo + 4 * ldf);
        FloatVector c41 = FloatVector.fromArray(S, from, fo + 4 * ldf + 16);
        FloatVector c42 = FloatVector.fromArray(S, from, fo + 4 * ldf + 32);
        FloatVector c43 = FloatVector.fromArray(S, from, fo + 4 * ldf + last);
        FloatVector c50 = FloatVector.fromArray(S, from, fo + 5 * ldf);
        FloatVector c51 = FloatVector.fromArray(S, from, fo + 5 * ldf + 16);
        FloatVector c52 = FloatVector.fromArray(S, from, fo + 5 * ldf + 32);
        FloatVector c53 = FloatVector.fromArray(S, from, fo + 5 * ldf + last);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16);
            FloatVector b2 = FloatVector.fromArray(S, b, bo + p * ldb + 32);
            FloatVector b3 = FloatVector.fromArray(S, b, bo + p * ldb + last);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * kStep]);
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
        c00.intoArray(c, co);
        c01.intoArray(c, co + 16);
        c02.intoArray(c, co + 32);
        c03.intoArray(c, co + last);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + 16);
        c12.intoArray(c, co + ldc + 32);
        c13.intoArray(c, co + ldc + last);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + 16);
        c22.intoArray(c, co + 2 * ldc + 32);
        c23.intoArray(c, co + 2 * ldc + last);
        c30.intoArray(c, co + 3 * ldc);
        c31.intoArray(c, co + 3 * ldc + 16);
        c32.intoArray(c, co + 3 * ldc + 32);
        c33.intoArray(c, co + 3 * ldc + last);
        c40.intoArray(c, co + 4 * ldc);
        c41.intoArray(c, co + 4 * ldc + 16);
        c42.intoArray(c, co + 4 * ldc + 32);
        c43.intoArray(c, co + 4 * ldc + last);
        c50.intoArray(c, co + 5 * ldc);
        c51.intoArray(c, co + 5 * ldc + 16);
        c52.intoArray(c, co + 5 * ldc + 32);
        c53.intoArray(c, co + 5 * ldc + last);
    }

    private static void tile4x4(int kc, int last, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        int a1 = ao + rowStep;
        int a2 = ao + 2 * rowStep;
        int a3 = ao + 3 * rowStep;
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + 16);
        FloatVector c02 = FloatVector.fromArray(S, from, fo + 32);
        FloatVector c03 = FloatVector.fromArray(S, from, fo + last);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + 16);
        FloatVector c12 = FloatVector.fromArray(S, from, fo + ldf + 32);
        FloatVector c13 = FloatVector.fromArray(S, from, fo + ldf + last);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c21 = FloatVector.fromArray(S, from, fo + 2 * ldf + 16);
        FloatVector c22 = FloatVector.fromArray(S, from, fo + 2 * ldf + 32);
        FloatVector c23 = FloatVector.fromArray(S, from, fo + 2 * ldf + last);
        FloatVector c30 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c31 = FloatVector.fromArray(S, from, fo + 3 * ldf + 16);
        FloatVector c32 = FloatVector.fromArray(S, from, fo + 3 * ldf + 32);
        FloatVector c33 = FloatVector.fromArray(S, from, fo + 3 * ldf + last);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16);
            FloatVector b2 = FloatVector.fromArray(S, b, bo + p * ldb + 32);
            FloatVector b3 = FloatVector.fromArray(S, b, bo + p * ldb + last);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * kStep]);
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
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + 16);
        c02.intoArray(c, co + 32);
        c03.intoArray(c, co + last);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + 16);
        c12.intoArray(c, co + ldc + 32);
        c13.intoArray(c, co + ldc + last);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + 16);
        c22.intoArray(c, co + 2 * ldc + 32);
        c23.intoArray(c, co + 2 * ldc + last);
        c30.intoArray(c, co + 3 * ldc);
        c31.intoArray(c, co + 3 * ldc + 16);
        c32.intoArray(c, co + 3 * ldc + 32);
        c33.intoArray(c, co + 3 * ldc + last);
    }

    private static void tile2x4(int kc, int last, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        int a1 = ao + rowStep;
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + 16);
        FloatVector c02 = FloatVector.fromArray(S, from, fo + 32);
        FloatVector c03 = FloatVector.fromArray(S, from, fo + last);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + 16);
        FloatVector c12 = FloatVector.fromArray(S, from, fo + ldf + 32);
        FloatVector c13 = FloatVector.fromArray(S, from, fo + ldf + last);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16);
            FloatVector b2 = FloatVector.fromArray(S, b, bo + p * ldb + 32);
            FloatVector b3 = FloatVector.fromArray(S, b, bo + p * ldb + last);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * kStep]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            c03 = x.fma(b3, c03);
            x = FloatVector.broadcast(S, a[a1 + p * kStep]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
            c13 = x.fma(b3, c13);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + 16);
        c02.intoArray(c, co + 32);
        c03.intoArray(c, co + last);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + 16);
        c12.intoArray(c, co + ldc + 32);
        c13.intoArray(c, co + ldc + last);
    }

    private static void tile1x4(int kc, int last, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + 16);
        FloatVector c02 = FloatVector.fromArray(S, from, fo + 32);
        FloatVector c03 = FloatVector.fromArray(S, from, fo + last);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16);
            FloatVector b2 = FloatVector.fromArray(S, b, bo + p * ldb + 32);
            FloatVector b3 = FloatVector.fromArray(S, b, bo + p * ldb + last);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * kStep]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            c03 = x.fma(b3, c03);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + 16);
        c02.intoArray(c, co + 32);
        c03.intoArray(c, co + last);
    }

    private static void tile6x3(int kc, int last, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        int a1 = ao + rowStep;
        int a2 = ao + 2 * rowStep;
        int a3 = ao + 3 * rowStep;
        int a4 = ao + 4 * rowStep;
        int a5 = ao + 5 * rowStep;
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + 16);
        FloatVector c02 = FloatVector.fromArray(S, from, fo + last);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + 16);
        FloatVector c12 = FloatVector.fromArray(S, from, fo + ldf + last);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c21 = FloatVector.fromArray(S, from, fo + 2 * ldf + 16);
        FloatVector c22 = FloatVector.fromArray(S, from, fo + 2 * ldf + last);
        FloatVector c30 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c31 = FloatVector.fromArray(S, from, fo + 3 * ldf + 16);
        FloatVector c32 = FloatVector.fromArray(S, from, fo + 3 * ldf + last);
        FloatVector c40 = FloatVector.fromArray(S, from, fo + 4 * ldf);
        FloatVector c41 = FloatVector.fromArray(S, from, fo + 4 * ldf + 16);
        FloatVector c42 = FloatVector.fromArray(S, from, fo + 4 * ldf + last);
        FloatVector c50 = FloatVector.fromArray(S, from, fo + 5 * ldf);
        FloatVector c51 = FloatVector.fromArray(S, from, fo + 5 * ldf + 16);
        FloatVector c52 = FloatVector.fromArray(S, from, fo + 5 * ldf + last);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16);
            FloatVector b2 = FloatVector.fromArray(S, b, bo + p * ldb + last);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * kStep]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            x = FloatVector.broadcast(S, a[a1 + p * kStep]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
            x = FloatVector.broadcast(S, a[a2 + p * kStep]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            c22 = x.fma(b2, c22);
            x = FloatVector.broadcast(S, a[a3 + p * kStep]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            c32 = x.fma(b2, c32);
            x = FloatVector.broadcast(S, a[a4 + p * kStep]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            c42 = x.fma(b2, c42);
            x = FloatVector.broadcast(S, a[a5 + p * kStep]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            c52 = x.fma(b2, c52);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + 16);
        c02.intoArray(c, co + last);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + 16);
        c12.intoArray(c, co + ldc + last);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + 16);
        c22.intoArray(c, co + 2 * ldc + last);
        c30.intoArray(c, co + 3 * ldc);
        c31.intoArray(c, co + 3 * ldc + 16);
        c32.intoArray(c, co + 3 * ldc + last);
        c40.intoArray(c, co + 4 * ldc);
        c41.intoArray(c, co + 4 * ldc + 16);
        c42.intoArray(c, co + 4 * ldc + last);
        c50.intoArray(c, co + 5 * ldc);
        c51.intoArray(c, co + 5 * ldc + 16);
        c52.intoArray(c, co + 5 * ldc + last);
    }

    private static void tile4x3(int kc, int last, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        int a1 = ao + rowStep;
        int a2 = ao + 2 * rowStep;
        int a3 = ao + 3 * rowStep;
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + 16);
        FloatVector c02 = FloatVector.fromArray(S, from, fo + last);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + 16);
        FloatVector c12 = FloatVector.fromArray(S, from, fo + ldf + last);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c21 = FloatVector.fromArray(S, from, fo + 2 * ldf + 16);
        FloatVector c22 = FloatVector.fromArray(S, from, fo + 2 * ldf + last);
        FloatVector c30 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c31 = FloatVector.fromArray(S, from, fo + 3 * ldf + 16);
        FloatVector c32 = FloatVector.fromArray(S, from, fo + 3 * ldf + last);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16);
            FloatVector b2 = FloatVector.fromArray(S, b, bo + p * ldb + last);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * kStep]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            x = FloatVector.broadcast(S, a[a1 + p * kStep]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
            x = FloatVector.broadcast(S, a[a2 + p * kStep]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            c22 = x.fma(b2, c22);
            x = FloatVector.broadcast(S, a[a3 + p * kStep]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            c32 = x.fma(b2, c32);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + 16);
        c02.intoArray(c, co + last);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + 16);
        c12.intoArray(c, co + ldc + last);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + 16);
        c22.intoArray(c, co + 2 * ldc + last);
        c30.intoArray(c, co + 3 * ldc);
        c31.intoArray(c, co + 3 * ldc + 16);
        c32.intoArray(c, co + 3 * ldc + last);
    }

    private static void tile2x3(int kc, int last, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        int a1 = ao + rowStep;
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + 16);
        FloatVector c02 = FloatVector.fromArray(S, from, fo + last);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + 16);
        FloatVector c12 = FloatVector.fromArray(S, from, fo + ldf + last);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16);
            FloatVector b2 = FloatVector.fromArray(S, b, bo + p * ldb + last);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * kStep]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            x = FloatVector.broadcast(S, a[a1 + p * kStep]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + 16);
        c02.intoArray(c, co + last);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + 16);
        c12.intoArray(c, co + ldc + last);
    }

    private static void tile1x3(int kc, int last, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + 16);
        FloatVector c02 = FloatVector.fromArray(S, from, fo + last);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + 16);
            FloatVector b2 = FloatVector.fromArray(S, b, bo + p * ldb + last);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * kStep]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + 16);
        c02.intoArray(c, co + last);
    }
}

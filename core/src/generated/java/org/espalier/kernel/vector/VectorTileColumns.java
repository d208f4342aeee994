package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Tiles for A stored by columns; see {@link VectorTile}. */
final class VectorTileColumns {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private VectorTileColumns() {}

    /** One tile; the arguments are those of {@link VectorTile#run}. */
    static void run(int height, int vectors, int kc, int last, float[] a, int ao, int lda, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        switch (16 * vectors + height) {
            case 38 -> tile6x2(kc, last, a, ao, lda, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 36 -> tile4x2(kc, last, a, ao, lda, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 34 -> tile2x2(kc, last, a, ao, lda, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 33 -> tile1x2(kc, last, a, ao, lda, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 22 -> tile6x1(kc, a, ao, lda, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 20 -> tile4x1(kc, a, ao, lda, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 18 -> tile2x1(kc, a, ao, lda, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 17 -> tile1x1(kc, a, ao, lda, b, bo, ldb, from, fo, ldf, c, co, ldc);
            default -> throw new IllegalArgumentException("no tile of " + height + " rows and " + vectors + " vectors");
        }
    }

    private static void tile6x2(int kc, int last, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] from,
            int fo, int ldf, float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + last);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + last);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c21 = FloatVector.fromArray(S, from, fo + 2 * ldf + last);
        FloatVector c30 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c31 = FloatVector.fromArray(S, from, fo + 3 * ldf + last);
        FloatVector c40 = FloatVector.fromArray(S, from, fo + 4 * ldf);
        FloatVector c41 = FloatVector.fromArray(S, from, fo + 4 * ldf + last);
        FloatVector c50 = FloatVector.fromArray(S, from, fo + 5 * ldf);
        FloatVector c51 = FloatVector.fromArray(S, from, fo + 5 * ldf + last);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + last);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * lda]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[ao + p * lda + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(S, a[ao + p * lda + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(S, a[ao + p * lda + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(S, a[ao + p * lda + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = FloatVector.broadcast(S, a[ao + p * lda + 5]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + last);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + last);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + last);
        c30.intoArray(c, co + 3 * ldc);
        c31.intoArray(c, co + 3 * ldc + last);
        c40.intoArray(c, co + 4 * ldc);
        c41.intoArray(c, co + 4 * ldc + last);
        c50.intoArray(c, co + 5 * ldc);
        c51.intoArray(c, co + 5 * ldc + last);
    }

    private static void tile4x2(int kc, int last, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] from,
            int fo, int ldf, float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + last);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + last);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c21 = FloatVector.fromArray(S, from, fo + 2 * ldf + last);
        FloatVector c30 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c31 = FloatVector.fromArray(S, from, fo + 3 * ldf + last);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + last);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * lda]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[ao + p * lda + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(S, a[ao + p * lda + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(S, a[ao + p * lda + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + last);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + last);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + last);
        c30.intoArray(c, co + 3 * ldc);
        c31.intoArray(c, co + 3 * ldc + last);
    }

    private static void tile2x2(int kc, int last, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] from,
            int fo, int ldf, float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + last);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + last);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + last);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * lda]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[ao + p * lda + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + last);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + last);
    }

    private static void tile1x2(int kc, int last, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] from,
            int fo, int ldf, float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + last);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + last);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * lda]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + last);
    }

    private static void tile6x1(int kc, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] from, int fo,
            int ldf, float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c30 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c40 = FloatVector.fromArray(S, from, fo + 4 * ldf);
        FloatVector c50 = FloatVector.fromArray(S, from, fo + 5 * ldf);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * lda]);
            c00 = x.fma(b0, c00);
            x = FloatVector.broadcast(S, a[ao + p * lda + 1]);
            c10 = x.fma(b0, c10);
            x = FloatVector.broadcast(S, a[ao + p * lda + 2]);
            c20 = x.fma(b0, c20);
            x = FloatVector.broadcast(S, a[ao + p * lda + 3]);
            c30 = x.fma(b0, c30);
            x = FloatVector.broadcast(S, a[ao + p * lda + 4]);
            c40 = x.fma(b0, c40);
            x = FloatVector.broadcast(S, a[ao + p * lda + 5]);
            c50 = x.fma(b0, c50);
        }
        c00.intoArray(c, co);
        c10.intoArray(c, co + ldc);
        c20.intoArray(c, co + 2 * ldc);
        c30.intoArray(c, co + 3 * ldc);
        c40.intoArray(c, co + 4 * ldc);
        c50.intoArray(c, co + 5 * ldc);
    }

    private static void tile4x1(int kc, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] from, int fo,
            int ldf, float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c30 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * lda]);
            c00 = x.fma(b0, c00);
            x = FloatVector.broadcast(S, a[ao + p * lda + 1]);
            c10 = x.fma(b0, c10);
            x = FloatVector.broadcast(S, a[ao + p * lda + 2]);
            c20 = x.fma(b0, c20);
            x = FloatVector.broadcast(S, a[ao + p * lda + 3]);
            c30 = x.fma(b0, c30);
        }
        c00.intoArray(c, co);
        c10.intoArray(c, co + ldc);
        c20.intoArray(c, co + 2 * ldc);
        c30.intoArray(c, co + 3 * ldc);
    }

    private static void tile2x1(int kc, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] from, int fo,
            int ldf, float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * lda]);
            c00 = x.fma(b0, c00);
            x = FloatVector.broadcast(S, a[ao + p * lda + 1]);
            c10 = x.fma(b0, c10);
        }
        c00.intoArray(c, co);
        c10.intoArray(c, co + ldc);
    }

    private static void tile1x1(int kc, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] from, int fo,
            int ldf, float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        for (int p = 0; p < kc; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * lda]);
            c00 = x.fma(b0, c00);
        }
        c00.intoArray(c, co);
    }
}

package org.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loop of a product: up to 6 rows by one or two vectors of C, kept in registers while the summed index
 * runs; each step loads the vectors of B, then multiplies them by one element of A per row. The widest tile has 12
 * vectors of C, two of B and one of A, which is all that the 16 registers of a 256-bit machine hold;
 * {@link VectorTile512} adds wider ones where there are 32.
 *
 * <p>A is read where it lies, by rows or by columns. Every vector is a local with a name and every operation a direct
 * call of the Vector API: in a method of this size the compiler stops inlining anything else, and a vector that
 * crosses a call is boxed on the heap. Indices are products of the loop variable, which the compiler handles better
 * here than running sums.
 */
sealed class VectorTile permits VectorTile512 {
    /** Rows of the tallest tile. */
    static final int ROWS = 6;

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Floats in a vector. */
    final int lanes = L;

    /** Vectors in a row of the widest tile. */
    final int widest;

    VectorTile() {
        this(2);
    }

    VectorTile(int widest) {
        this.widest = widest;
    }

    /** The tiles for this JVM's preferred vectors. */
    static VectorTile preferred() {
        return L == 16 ? new VectorTile512() : new VectorTile();
    }

    /**
     * C = from + A · B for one tile, in ascending order of the summed index.
     *
     * @param height rows of the tile: 6, 4, 2 or 1
     * @param vectors vectors in a row of the tile: a power of two up to {@link #widest}
     * @param depth length of the summed index
     * @param rowStep distance between elements of A in consecutive rows
     * @param sumStep distance between elements of A at consecutive steps of the summed index
     * @param ldb distance between consecutive steps of the summed index in B
     * @param from where the chains start; {@code ldf} is 0 to start every row from the same place
     */
    void run(int height, int vectors, int depth, float[] a, int ao, int rowStep, int sumStep, float[] b, int bo,
            int ldb, float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        switch (16 * vectors + height) {
            case 38 -> tile6x2(depth, a, ao, rowStep, sumStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 36 -> tile4x2(depth, a, ao, rowStep, sumStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 34 -> tile2x2(depth, a, ao, rowStep, sumStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 33 -> tile1x2(depth, a, ao, rowStep, sumStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 22 -> tile6x1(depth, a, ao, rowStep, sumStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 20 -> tile4x1(depth, a, ao, rowStep, sumStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 18 -> tile2x1(depth, a, ao, rowStep, sumStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            case 17 -> tile1x1(depth, a, ao, rowStep, sumStep, b, bo, ldb, from, fo, ldf, c, co, ldc);
            default -> throw new IllegalArgumentException("no tile of " + height + " rows and " + vectors + " vectors");
        }
    }

    private static void tile6x2(int depth, float[] a, int ao, int rowStep, int sumStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        int a1 = ao + rowStep;
        int a2 = ao + 2 * rowStep;
        int a3 = ao + 3 * rowStep;
        int a4 = ao + 4 * rowStep;
        int a5 = ao + 5 * rowStep;
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + L);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + L);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c21 = FloatVector.fromArray(S, from, fo + 2 * ldf + L);
        FloatVector c30 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c31 = FloatVector.fromArray(S, from, fo + 3 * ldf + L);
        FloatVector c40 = FloatVector.fromArray(S, from, fo + 4 * ldf);
        FloatVector c41 = FloatVector.fromArray(S, from, fo + 4 * ldf + L);
        FloatVector c50 = FloatVector.fromArray(S, from, fo + 5 * ldf);
        FloatVector c51 = FloatVector.fromArray(S, from, fo + 5 * ldf + L);
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * sumStep]);
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
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + L);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + L);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + L);
        c30.intoArray(c, co + 3 * ldc);
        c31.intoArray(c, co + 3 * ldc + L);
        c40.intoArray(c, co + 4 * ldc);
        c41.intoArray(c, co + 4 * ldc + L);
        c50.intoArray(c, co + 5 * ldc);
        c51.intoArray(c, co + 5 * ldc + L);
    }

    private static void tile4x2(int depth, float[] a, int ao, int rowStep, int sumStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        int a1 = ao + rowStep;
        int a2 = ao + 2 * rowStep;
        int a3 = ao + 3 * rowStep;
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + L);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + L);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c21 = FloatVector.fromArray(S, from, fo + 2 * ldf + L);
        FloatVector c30 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c31 = FloatVector.fromArray(S, from, fo + 3 * ldf + L);
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * sumStep]);
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
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + L);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + L);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + L);
        c30.intoArray(c, co + 3 * ldc);
        c31.intoArray(c, co + 3 * ldc + L);
    }

    private static void tile2x2(int depth, float[] a, int ao, int rowStep, int sumStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        int a1 = ao + rowStep;
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + L);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + L);
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * sumStep]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[a1 + p * sumStep]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + L);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + L);
    }

    private static void tile1x2(int depth, float[] a, int ao, int rowStep, int sumStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + L);
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + p * ldb + L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * sumStep]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + L);
    }

    private static void tile6x1(int depth, float[] a, int ao, int rowStep, int sumStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        int a1 = ao + rowStep;
        int a2 = ao + 2 * rowStep;
        int a3 = ao + 3 * rowStep;
        int a4 = ao + 4 * rowStep;
        int a5 = ao + 5 * rowStep;
        FloatVector c0 = FloatVector.fromArray(S, from, fo);
        FloatVector c1 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c2 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c3 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c4 = FloatVector.fromArray(S, from, fo + 4 * ldf);
        FloatVector c5 = FloatVector.fromArray(S, from, fo + 5 * ldf);
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * sumStep]);
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
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + ldc);
        c2.intoArray(c, co + 2 * ldc);
        c3.intoArray(c, co + 3 * ldc);
        c4.intoArray(c, co + 4 * ldc);
        c5.intoArray(c, co + 5 * ldc);
    }

    private static void tile4x1(int depth, float[] a, int ao, int rowStep, int sumStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        int a1 = ao + rowStep;
        int a2 = ao + 2 * rowStep;
        int a3 = ao + 3 * rowStep;
        FloatVector c0 = FloatVector.fromArray(S, from, fo);
        FloatVector c1 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c2 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c3 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * sumStep]);
            c0 = x.fma(b0, c0);
            x = FloatVector.broadcast(S, a[a1 + p * sumStep]);
            c1 = x.fma(b0, c1);
            x = FloatVector.broadcast(S, a[a2 + p * sumStep]);
            c2 = x.fma(b0, c2);
            x = FloatVector.broadcast(S, a[a3 + p * sumStep]);
            c3 = x.fma(b0, c3);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + ldc);
        c2.intoArray(c, co + 2 * ldc);
        c3.intoArray(c, co + 3 * ldc);
    }

    private static void tile2x1(int depth, float[] a, int ao, int rowStep, int sumStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        int a1 = ao + rowStep;
        FloatVector c0 = FloatVector.fromArray(S, from, fo);
        FloatVector c1 = FloatVector.fromArray(S, from, fo + ldf);
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * sumStep]);
            c0 = x.fma(b0, c0);
            x = FloatVector.broadcast(S, a[a1 + p * sumStep]);
            c1 = x.fma(b0, c1);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + ldc);
    }

    private static void tile1x1(int depth, float[] a, int ao, int rowStep, int sumStep, float[] b, int bo, int ldb,
            float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        FloatVector c0 = FloatVector.fromArray(S, from, fo);
        for (int p = 0; p < depth; p++) {
            FloatVector b0 = FloatVector.fromArray(S, b, bo + p * ldb);
            FloatVector x = FloatVector.broadcast(S, a[ao + p * sumStep]);
            c0 = x.fma(b0, c0);
        }
        c0.intoArray(c, co);
    }
}

package org.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of a product for 256- and 128-bit vectors, of which a core may have only 16 registers: 6 rows of
 * two vectors of C in twelve of them, two of B and one of A beside them. See {@link VectorTile512} for why it is written
 * out.
 */
final class VectorTileNarrow extends VectorTile {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    VectorTileNarrow() {
        super(L, 6, 3);
    }

    @Override
    void run(int height, boolean wide, int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo, int ldf,
            float[] c, int co, int ldc) {
        if (wide) {
            switch (height) {
                case 6 -> tile6x2(depth, a, ao, b, bo, from, fo, ldf, c, co, ldc);
                case 3 -> tile3x2(depth, a, ao, b, bo, from, fo, ldf, c, co, ldc);
                default -> throw new IllegalArgumentException("no tile of " + height + " rows");
            }
        } else {
            switch (height) {
                case 6 -> tile6x1(depth, a, ao, b, bo, from, fo, ldf, c, co, ldc);
                case 3 -> tile3x1(depth, a, ao, b, bo, from, fo, ldf, c, co, ldc);
                default -> throw new IllegalArgumentException("no tile of " + height + " rows");
            }
        }
    }

    private static void tile6x2(int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo, int ldf,
            float[] c, int co, int ldc) {
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
        for (int p = 0, q = bo; p < depth; p++, q += 2 * L) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector b1 = FloatVector.fromArray(S, b, q + L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[ao + p + DEPTH]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(S, a[ao + p + 2 * DEPTH]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(S, a[ao + p + 3 * DEPTH]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(S, a[ao + p + 4 * DEPTH]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = FloatVector.broadcast(S, a[ao + p + 5 * DEPTH]);
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

    private static void tile3x2(int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo, int ldf,
            float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + L);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + L);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c21 = FloatVector.fromArray(S, from, fo + 2 * ldf + L);
        for (int p = 0, q = bo; p < depth; p++, q += 2 * L) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector b1 = FloatVector.fromArray(S, b, q + L);
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(S, a[ao + p + DEPTH]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(S, a[ao + p + 2 * DEPTH]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + L);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + L);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + L);
    }

    private static void tile6x1(int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo, int ldf,
            float[] c, int co, int ldc) {
        FloatVector c0 = FloatVector.fromArray(S, from, fo);
        FloatVector c1 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c2 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c3 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c4 = FloatVector.fromArray(S, from, fo + 4 * ldf);
        FloatVector c5 = FloatVector.fromArray(S, from, fo + 5 * ldf);
        for (int p = 0, q = bo; p < depth; p++, q += L) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            c0 = x.fma(b0, c0);
            x = FloatVector.broadcast(S, a[ao + p + DEPTH]);
            c1 = x.fma(b0, c1);
            x = FloatVector.broadcast(S, a[ao + p + 2 * DEPTH]);
            c2 = x.fma(b0, c2);
            x = FloatVector.broadcast(S, a[ao + p + 3 * DEPTH]);
            c3 = x.fma(b0, c3);
            x = FloatVector.broadcast(S, a[ao + p + 4 * DEPTH]);
            c4 = x.fma(b0, c4);
            x = FloatVector.broadcast(S, a[ao + p + 5 * DEPTH]);
            c5 = x.fma(b0, c5);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + ldc);
        c2.intoArray(c, co + 2 * ldc);
        c3.intoArray(c, co + 3 * ldc);
        c4.intoArray(c, co + 4 * ldc);
        c5.intoArray(c, co + 5 * ldc);
    }

    private static void tile3x1(int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo, int ldf,
            float[] c, int co, int ldc) {
        FloatVector c0 = FloatVector.fromArray(S, from, fo);
        FloatVector c1 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c2 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        for (int p = 0, q = bo; p < depth; p++, q += L) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            c0 = x.fma(b0, c0);
            x = FloatVector.broadcast(S, a[ao + p + DEPTH]);
            c1 = x.fma(b0, c1);
            x = FloatVector.broadcast(S, a[ao + p + 2 * DEPTH]);
            c2 = x.fma(b0, c2);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + ldc);
        c2.intoArray(c, co + 2 * ldc);
    }
}

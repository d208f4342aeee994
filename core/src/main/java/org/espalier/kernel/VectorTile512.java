package org.espalier.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of a product for 512-bit vectors: 12 × 32 elements of C in 24 of the 32 registers, two of B and one
 * of A beside them, so that each step of the summed index is 24 fused multiply-adds for 14 loads.
 *
 * <p>Every vector is a local with a name and every operation a direct call of the Vector API: in a method of this size the
 * compiler stops inlining anything else, and a vector that crosses a call is boxed on the heap.
 */
final class VectorTile512 extends VectorTile {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;

    VectorTile512() {
        super(16, 12, 4);
    }

    @Override
    void run(int height, boolean wide, int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo, int ldf,
            float[] c, int co, int ldc) {
        if (wide) {
            switch (height) {
                case 12 -> tile12x2(depth, a, ao, b, bo, from, fo, ldf, c, co, ldc);
                case 8 -> tile8x2(depth, a, ao, b, bo, from, fo, ldf, c, co, ldc);
                case 4 -> tile4x2(depth, a, ao, b, bo, from, fo, ldf, c, co, ldc);
                default -> throw new IllegalArgumentException("no tile of " + height + " rows");
            }
        } else {
            switch (height) {
                case 12 -> tile12x1(depth, a, ao, b, bo, from, fo, ldf, c, co, ldc);
                case 8 -> tile8x1(depth, a, ao, b, bo, from, fo, ldf, c, co, ldc);
                case 4 -> tile4x1(depth, a, ao, b, bo, from, fo, ldf, c, co, ldc);
                default -> throw new IllegalArgumentException("no tile of " + height + " rows");
            }
        }
    }

    private static void tile12x2(int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo, int ldf,
            float[] c, int co, int ldc) {
        FloatVector c0_0 = FloatVector.fromArray(S, from, fo);
        FloatVector c0_1 = FloatVector.fromArray(S, from, fo + 16);
        FloatVector c1_0 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c1_1 = FloatVector.fromArray(S, from, fo + ldf + 16);
        FloatVector c2_0 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c2_1 = FloatVector.fromArray(S, from, fo + 2 * ldf + 16);
        FloatVector c3_0 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c3_1 = FloatVector.fromArray(S, from, fo + 3 * ldf + 16);
        FloatVector c4_0 = FloatVector.fromArray(S, from, fo + 4 * ldf);
        FloatVector c4_1 = FloatVector.fromArray(S, from, fo + 4 * ldf + 16);
        FloatVector c5_0 = FloatVector.fromArray(S, from, fo + 5 * ldf);
        FloatVector c5_1 = FloatVector.fromArray(S, from, fo + 5 * ldf + 16);
        FloatVector c6_0 = FloatVector.fromArray(S, from, fo + 6 * ldf);
        FloatVector c6_1 = FloatVector.fromArray(S, from, fo + 6 * ldf + 16);
        FloatVector c7_0 = FloatVector.fromArray(S, from, fo + 7 * ldf);
        FloatVector c7_1 = FloatVector.fromArray(S, from, fo + 7 * ldf + 16);
        FloatVector c8_0 = FloatVector.fromArray(S, from, fo + 8 * ldf);
        FloatVector c8_1 = FloatVector.fromArray(S, from, fo + 8 * ldf + 16);
        FloatVector c9_0 = FloatVector.fromArray(S, from, fo + 9 * ldf);
        FloatVector c9_1 = FloatVector.fromArray(S, from, fo + 9 * ldf + 16);
        FloatVector c10_0 = FloatVector.fromArray(S, from, fo + 10 * ldf);
        FloatVector c10_1 = FloatVector.fromArray(S, from, fo + 10 * ldf + 16);
        FloatVector c11_0 = FloatVector.fromArray(S, from, fo + 11 * ldf);
        FloatVector c11_1 = FloatVector.fromArray(S, from, fo + 11 * ldf + 16);
        for (int p = 0, q = bo; p < depth; p++, q += 32) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector b1 = FloatVector.fromArray(S, b, q + 16);
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            c0_0 = x.fma(b0, c0_0);
            c0_1 = x.fma(b1, c0_1);
            x = FloatVector.broadcast(S, a[ao + p + DEPTH]);
            c1_0 = x.fma(b0, c1_0);
            c1_1 = x.fma(b1, c1_1);
            x = FloatVector.broadcast(S, a[ao + p + 2 * DEPTH]);
            c2_0 = x.fma(b0, c2_0);
            c2_1 = x.fma(b1, c2_1);
            x = FloatVector.broadcast(S, a[ao + p + 3 * DEPTH]);
            c3_0 = x.fma(b0, c3_0);
            c3_1 = x.fma(b1, c3_1);
            x = FloatVector.broadcast(S, a[ao + p + 4 * DEPTH]);
            c4_0 = x.fma(b0, c4_0);
            c4_1 = x.fma(b1, c4_1);
            x = FloatVector.broadcast(S, a[ao + p + 5 * DEPTH]);
            c5_0 = x.fma(b0, c5_0);
            c5_1 = x.fma(b1, c5_1);
            x = FloatVector.broadcast(S, a[ao + p + 6 * DEPTH]);
            c6_0 = x.fma(b0, c6_0);
            c6_1 = x.fma(b1, c6_1);
            x = FloatVector.broadcast(S, a[ao + p + 7 * DEPTH]);
            c7_0 = x.fma(b0, c7_0);
            c7_1 = x.fma(b1, c7_1);
            x = FloatVector.broadcast(S, a[ao + p + 8 * DEPTH]);
            c8_0 = x.fma(b0, c8_0);
            c8_1 = x.fma(b1, c8_1);
            x = FloatVector.broadcast(S, a[ao + p + 9 * DEPTH]);
            c9_0 = x.fma(b0, c9_0);
            c9_1 = x.fma(b1, c9_1);
            x = FloatVector.broadcast(S, a[ao + p + 10 * DEPTH]);
            c10_0 = x.fma(b0, c10_0);
            c10_1 = x.fma(b1, c10_1);
            x = FloatVector.broadcast(S, a[ao + p + 11 * DEPTH]);
            c11_0 = x.fma(b0, c11_0);
            c11_1 = x.fma(b1, c11_1);
        }
        c0_0.intoArray(c, co);
        c0_1.intoArray(c, co + 16);
        c1_0.intoArray(c, co + ldc);
        c1_1.intoArray(c, co + ldc + 16);
        c2_0.intoArray(c, co + 2 * ldc);
        c2_1.intoArray(c, co + 2 * ldc + 16);
        c3_0.intoArray(c, co + 3 * ldc);
        c3_1.intoArray(c, co + 3 * ldc + 16);
        c4_0.intoArray(c, co + 4 * ldc);
        c4_1.intoArray(c, co + 4 * ldc + 16);
        c5_0.intoArray(c, co + 5 * ldc);
        c5_1.intoArray(c, co + 5 * ldc + 16);
        c6_0.intoArray(c, co + 6 * ldc);
        c6_1.intoArray(c, co + 6 * ldc + 16);
        c7_0.intoArray(c, co + 7 * ldc);
        c7_1.intoArray(c, co + 7 * ldc + 16);
        c8_0.intoArray(c, co + 8 * ldc);
        c8_1.intoArray(c, co + 8 * ldc + 16);
        c9_0.intoArray(c, co + 9 * ldc);
        c9_1.intoArray(c, co + 9 * ldc + 16);
        c10_0.intoArray(c, co + 10 * ldc);
        c10_1.intoArray(c, co + 10 * ldc + 16);
        c11_0.intoArray(c, co + 11 * ldc);
        c11_1.intoArray(c, co + 11 * ldc + 16);
    }

    private static void tile8x2(int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo, int ldf,
            float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + 16);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + 16);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c21 = FloatVector.fromArray(S, from, fo + 2 * ldf + 16);
        FloatVector c30 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c31 = FloatVector.fromArray(S, from, fo + 3 * ldf + 16);
        FloatVector c40 = FloatVector.fromArray(S, from, fo + 4 * ldf);
        FloatVector c41 = FloatVector.fromArray(S, from, fo + 4 * ldf + 16);
        FloatVector c50 = FloatVector.fromArray(S, from, fo + 5 * ldf);
        FloatVector c51 = FloatVector.fromArray(S, from, fo + 5 * ldf + 16);
        FloatVector c60 = FloatVector.fromArray(S, from, fo + 6 * ldf);
        FloatVector c61 = FloatVector.fromArray(S, from, fo + 6 * ldf + 16);
        FloatVector c70 = FloatVector.fromArray(S, from, fo + 7 * ldf);
        FloatVector c71 = FloatVector.fromArray(S, from, fo + 7 * ldf + 16);
        for (int p = 0, q = bo; p < depth; p++, q += 32) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector b1 = FloatVector.fromArray(S, b, q + 16);
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
            x = FloatVector.broadcast(S, a[ao + p + 6 * DEPTH]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = FloatVector.broadcast(S, a[ao + p + 7 * DEPTH]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + 16);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + 16);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + 16);
        c30.intoArray(c, co + 3 * ldc);
        c31.intoArray(c, co + 3 * ldc + 16);
        c40.intoArray(c, co + 4 * ldc);
        c41.intoArray(c, co + 4 * ldc + 16);
        c50.intoArray(c, co + 5 * ldc);
        c51.intoArray(c, co + 5 * ldc + 16);
        c60.intoArray(c, co + 6 * ldc);
        c61.intoArray(c, co + 6 * ldc + 16);
        c70.intoArray(c, co + 7 * ldc);
        c71.intoArray(c, co + 7 * ldc + 16);
    }

    private static void tile4x2(int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo, int ldf,
            float[] c, int co, int ldc) {
        FloatVector c00 = FloatVector.fromArray(S, from, fo);
        FloatVector c01 = FloatVector.fromArray(S, from, fo + 16);
        FloatVector c10 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c11 = FloatVector.fromArray(S, from, fo + ldf + 16);
        FloatVector c20 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c21 = FloatVector.fromArray(S, from, fo + 2 * ldf + 16);
        FloatVector c30 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c31 = FloatVector.fromArray(S, from, fo + 3 * ldf + 16);
        for (int p = 0, q = bo; p < depth; p++, q += 32) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector b1 = FloatVector.fromArray(S, b, q + 16);
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
        }
        c00.intoArray(c, co);
        c01.intoArray(c, co + 16);
        c10.intoArray(c, co + ldc);
        c11.intoArray(c, co + ldc + 16);
        c20.intoArray(c, co + 2 * ldc);
        c21.intoArray(c, co + 2 * ldc + 16);
        c30.intoArray(c, co + 3 * ldc);
        c31.intoArray(c, co + 3 * ldc + 16);
    }

    private static void tile12x1(int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo, int ldf,
            float[] c, int co, int ldc) {
        FloatVector c0_0 = FloatVector.fromArray(S, from, fo);
        FloatVector c1_0 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c2_0 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c3_0 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c4_0 = FloatVector.fromArray(S, from, fo + 4 * ldf);
        FloatVector c5_0 = FloatVector.fromArray(S, from, fo + 5 * ldf);
        FloatVector c6_0 = FloatVector.fromArray(S, from, fo + 6 * ldf);
        FloatVector c7_0 = FloatVector.fromArray(S, from, fo + 7 * ldf);
        FloatVector c8_0 = FloatVector.fromArray(S, from, fo + 8 * ldf);
        FloatVector c9_0 = FloatVector.fromArray(S, from, fo + 9 * ldf);
        FloatVector c10_0 = FloatVector.fromArray(S, from, fo + 10 * ldf);
        FloatVector c11_0 = FloatVector.fromArray(S, from, fo + 11 * ldf);
        for (int p = 0, q = bo; p < depth; p++, q += 16) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            c0_0 = x.fma(b0, c0_0);
            x = FloatVector.broadcast(S, a[ao + p + DEPTH]);
            c1_0 = x.fma(b0, c1_0);
            x = FloatVector.broadcast(S, a[ao + p + 2 * DEPTH]);
            c2_0 = x.fma(b0, c2_0);
            x = FloatVector.broadcast(S, a[ao + p + 3 * DEPTH]);
            c3_0 = x.fma(b0, c3_0);
            x = FloatVector.broadcast(S, a[ao + p + 4 * DEPTH]);
            c4_0 = x.fma(b0, c4_0);
            x = FloatVector.broadcast(S, a[ao + p + 5 * DEPTH]);
            c5_0 = x.fma(b0, c5_0);
            x = FloatVector.broadcast(S, a[ao + p + 6 * DEPTH]);
            c6_0 = x.fma(b0, c6_0);
            x = FloatVector.broadcast(S, a[ao + p + 7 * DEPTH]);
            c7_0 = x.fma(b0, c7_0);
            x = FloatVector.broadcast(S, a[ao + p + 8 * DEPTH]);
            c8_0 = x.fma(b0, c8_0);
            x = FloatVector.broadcast(S, a[ao + p + 9 * DEPTH]);
            c9_0 = x.fma(b0, c9_0);
            x = FloatVector.broadcast(S, a[ao + p + 10 * DEPTH]);
            c10_0 = x.fma(b0, c10_0);
            x = FloatVector.broadcast(S, a[ao + p + 11 * DEPTH]);
            c11_0 = x.fma(b0, c11_0);
        }
        c0_0.intoArray(c, co);
        c1_0.intoArray(c, co + ldc);
        c2_0.intoArray(c, co + 2 * ldc);
        c3_0.intoArray(c, co + 3 * ldc);
        c4_0.intoArray(c, co + 4 * ldc);
        c5_0.intoArray(c, co + 5 * ldc);
        c6_0.intoArray(c, co + 6 * ldc);
        c7_0.intoArray(c, co + 7 * ldc);
        c8_0.intoArray(c, co + 8 * ldc);
        c9_0.intoArray(c, co + 9 * ldc);
        c10_0.intoArray(c, co + 10 * ldc);
        c11_0.intoArray(c, co + 11 * ldc);
    }

    private static void tile8x1(int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo, int ldf,
            float[] c, int co, int ldc) {
        FloatVector c0 = FloatVector.fromArray(S, from, fo);
        FloatVector c1 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c2 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c3 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        FloatVector c4 = FloatVector.fromArray(S, from, fo + 4 * ldf);
        FloatVector c5 = FloatVector.fromArray(S, from, fo + 5 * ldf);
        FloatVector c6 = FloatVector.fromArray(S, from, fo + 6 * ldf);
        FloatVector c7 = FloatVector.fromArray(S, from, fo + 7 * ldf);
        for (int p = 0, q = bo; p < depth; p++, q += 16) {
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
            x = FloatVector.broadcast(S, a[ao + p + 6 * DEPTH]);
            c6 = x.fma(b0, c6);
            x = FloatVector.broadcast(S, a[ao + p + 7 * DEPTH]);
            c7 = x.fma(b0, c7);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + ldc);
        c2.intoArray(c, co + 2 * ldc);
        c3.intoArray(c, co + 3 * ldc);
        c4.intoArray(c, co + 4 * ldc);
        c5.intoArray(c, co + 5 * ldc);
        c6.intoArray(c, co + 6 * ldc);
        c7.intoArray(c, co + 7 * ldc);
    }

    private static void tile4x1(int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo, int ldf,
            float[] c, int co, int ldc) {
        FloatVector c0 = FloatVector.fromArray(S, from, fo);
        FloatVector c1 = FloatVector.fromArray(S, from, fo + ldf);
        FloatVector c2 = FloatVector.fromArray(S, from, fo + 2 * ldf);
        FloatVector c3 = FloatVector.fromArray(S, from, fo + 3 * ldf);
        for (int p = 0, q = bo; p < depth; p++, q += 16) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            c0 = x.fma(b0, c0);
            x = FloatVector.broadcast(S, a[ao + p + DEPTH]);
            c1 = x.fma(b0, c1);
            x = FloatVector.broadcast(S, a[ao + p + 2 * DEPTH]);
            c2 = x.fma(b0, c2);
            x = FloatVector.broadcast(S, a[ao + p + 3 * DEPTH]);
            c3 = x.fma(b0, c3);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + ldc);
        c2.intoArray(c, co + 2 * ldc);
        c3.intoArray(c, co + 3 * ldc);
    }
}

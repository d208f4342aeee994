package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One row times several packed panels at once, eight independent chains; starts from zero. */
final class VectorGemv {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorGemv() {}

    /** 8 panels of 1 vectors, {@code panel} floats apart. */
    static void panels8x1(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        FloatVector c6 = FloatVector.zero(S);
        FloatVector c7 = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = bo + p * L;
            c0 = x.fma(FloatVector.fromArray(S, b, at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, at + panel), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, at + 2 * panel), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, at + 3 * panel), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, at + 4 * panel), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, at + 5 * panel), c5);
            c6 = x.fma(FloatVector.fromArray(S, b, at + 6 * panel), c6);
            c7 = x.fma(FloatVector.fromArray(S, b, at + 7 * panel), c7);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
        c4.intoArray(c, co + 4 * L);
        c5.intoArray(c, co + 5 * L);
        c6.intoArray(c, co + 6 * L);
        c7.intoArray(c, co + 7 * L);
    }

    /** 4 panels of 2 vectors, {@code panel} floats apart. */
    static void panels4x2(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        FloatVector c6 = FloatVector.zero(S);
        FloatVector c7 = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = bo + p * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, at + panel), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, at + panel + L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, at + 2 * panel), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, at + 2 * panel + L), c5);
            c6 = x.fma(FloatVector.fromArray(S, b, at + 3 * panel), c6);
            c7 = x.fma(FloatVector.fromArray(S, b, at + 3 * panel + L), c7);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
        c4.intoArray(c, co + 4 * L);
        c5.intoArray(c, co + 5 * L);
        c6.intoArray(c, co + 6 * L);
        c7.intoArray(c, co + 7 * L);
    }

    /** 2 panels of 3 vectors, {@code panel} floats apart. */
    static void panels2x3(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = bo + p * (3 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, at + 2 * L), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, at + panel), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, at + panel + L), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, at + panel + 2 * L), c5);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
        c4.intoArray(c, co + 4 * L);
        c5.intoArray(c, co + 5 * L);
    }

    /** 2 panels of 4 vectors, {@code panel} floats apart. */
    static void panels2x4(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        FloatVector c6 = FloatVector.zero(S);
        FloatVector c7 = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = bo + p * (4 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, at + 2 * L), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, at + 3 * L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, at + panel), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, at + panel + L), c5);
            c6 = x.fma(FloatVector.fromArray(S, b, at + panel + 2 * L), c6);
            c7 = x.fma(FloatVector.fromArray(S, b, at + panel + 3 * L), c7);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
        c4.intoArray(c, co + 4 * L);
        c5.intoArray(c, co + 5 * L);
        c6.intoArray(c, co + 6 * L);
        c7.intoArray(c, co + 7 * L);
    }

    /** The same at the elements of a row that are not zero. */
    static void nonzeros8x1(int from, int to, int[] indices, float[] values, float[] b, int bo, int panel, float[] c,
            int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        FloatVector c6 = FloatVector.zero(S);
        FloatVector c7 = FloatVector.zero(S);
        for (int p = from; p < to; p++) {
            FloatVector x = FloatVector.broadcast(S, values[p]);
            int at = bo + indices[p] * L;
            c0 = x.fma(FloatVector.fromArray(S, b, at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, at + panel), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, at + 2 * panel), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, at + 3 * panel), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, at + 4 * panel), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, at + 5 * panel), c5);
            c6 = x.fma(FloatVector.fromArray(S, b, at + 6 * panel), c6);
            c7 = x.fma(FloatVector.fromArray(S, b, at + 7 * panel), c7);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
        c4.intoArray(c, co + 4 * L);
        c5.intoArray(c, co + 5 * L);
        c6.intoArray(c, co + 6 * L);
        c7.intoArray(c, co + 7 * L);
    }

    /** The same at the elements of a row that are not zero. */
    static void nonzeros4x2(int from, int to, int[] indices, float[] values, float[] b, int bo, int panel, float[] c,
            int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        FloatVector c6 = FloatVector.zero(S);
        FloatVector c7 = FloatVector.zero(S);
        for (int p = from; p < to; p++) {
            FloatVector x = FloatVector.broadcast(S, values[p]);
            int at = bo + indices[p] * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, at + panel), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, at + panel + L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, at + 2 * panel), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, at + 2 * panel + L), c5);
            c6 = x.fma(FloatVector.fromArray(S, b, at + 3 * panel), c6);
            c7 = x.fma(FloatVector.fromArray(S, b, at + 3 * panel + L), c7);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
        c4.intoArray(c, co + 4 * L);
        c5.intoArray(c, co + 5 * L);
        c6.intoArray(c, co + 6 * L);
        c7.intoArray(c, co + 7 * L);
    }

    /** The same at the elements of a row that are not zero. */
    static void nonzeros2x3(int from, int to, int[] indices, float[] values, float[] b, int bo, int panel, float[] c,
            int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        for (int p = from; p < to; p++) {
            FloatVector x = FloatVector.broadcast(S, values[p]);
            int at = bo + indices[p] * (3 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, at + 2 * L), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, at + panel), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, at + panel + L), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, at + panel + 2 * L), c5);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
        c4.intoArray(c, co + 4 * L);
        c5.intoArray(c, co + 5 * L);
    }

    /** The same at the elements of a row that are not zero. */
    static void nonzeros2x4(int from, int to, int[] indices, float[] values, float[] b, int bo, int panel, float[] c,
            int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        FloatVector c6 = FloatVector.zero(S);
        FloatVector c7 = FloatVector.zero(S);
        for (int p = from; p < to; p++) {
            FloatVector x = FloatVector.broadcast(S, values[p]);
            int at = bo + indices[p] * (4 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, at + 2 * L), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, at + 3 * L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, at + panel), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, at + panel + L), c5);
            c6 = x.fma(FloatVector.fromArray(S, b, at + panel + 2 * L), c6);
            c7 = x.fma(FloatVector.fromArray(S, b, at + panel + 3 * L), c7);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
        c4.intoArray(c, co + 4 * L);
        c5.intoArray(c, co + 5 * L);
        c6.intoArray(c, co + 6 * L);
        c7.intoArray(c, co + 7 * L);
    }
}

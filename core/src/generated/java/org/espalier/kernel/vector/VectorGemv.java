package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One row times several packed panels at once. See {@link VectorPackedRow} and {@link VectorRow}. */
final class VectorGemv {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorGemv() {}

    /** All elements of the row, from zero; panels are {@code panel} floats apart. */
    static void dense(int panels, int vectors, int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int
            co) {
        switch (16 * panels + vectors) {
            case 66 -> dense4x2(k, a, ao, b, bo, panel, c, co);
            case 50 -> dense3x2(k, a, ao, b, bo, panel, c, co);
            case 34 -> dense2x2(k, a, ao, b, bo, panel, c, co);
            case 18 -> dense1x2(k, a, ao, b, bo, panel, c, co);
            case 36 -> dense2x4(k, a, ao, b, bo, panel, c, co);
            case 20 -> dense1x4(k, a, ao, b, bo, panel, c, co);
            case 19 -> dense1x3(k, a, ao, b, bo, panel, c, co);
            case 17 -> dense1x1(k, a, ao, b, bo, panel, c, co);
            default -> throw new IllegalArgumentException(panels + " panels of " + vectors);
        }
    }

    /** The same, from what is in c. */
    static void more(int panels, int vectors, int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co)
            {
        switch (16 * panels + vectors) {
            case 66 -> more4x2(k, a, ao, b, bo, panel, c, co);
            case 50 -> more3x2(k, a, ao, b, bo, panel, c, co);
            case 34 -> more2x2(k, a, ao, b, bo, panel, c, co);
            case 18 -> more1x2(k, a, ao, b, bo, panel, c, co);
            case 36 -> more2x4(k, a, ao, b, bo, panel, c, co);
            case 20 -> more1x4(k, a, ao, b, bo, panel, c, co);
            case 19 -> more1x3(k, a, ao, b, bo, panel, c, co);
            case 17 -> more1x1(k, a, ao, b, bo, panel, c, co);
            default -> throw new IllegalArgumentException(panels + " panels of " + vectors);
        }
    }

    /** The elements of the row that are not zero, from zero. */
    static void nonzeros(int panels, int vectors, int from, int to, int[] indices, float[] values, float[] b, int bo,
            int panel, float[] c, int co) {
        switch (16 * panels + vectors) {
            case 66 -> nonzeros4x2(from, to, indices, values, b, bo, panel, c, co);
            case 50 -> nonzeros3x2(from, to, indices, values, b, bo, panel, c, co);
            case 34 -> nonzeros2x2(from, to, indices, values, b, bo, panel, c, co);
            case 18 -> nonzeros1x2(from, to, indices, values, b, bo, panel, c, co);
            case 36 -> nonzeros2x4(from, to, indices, values, b, bo, panel, c, co);
            case 20 -> nonzeros1x4(from, to, indices, values, b, bo, panel, c, co);
            case 19 -> nonzeros1x3(from, to, indices, values, b, bo, panel, c, co);
            case 17 -> nonzeros1x1(from, to, indices, values, b, bo, panel, c, co);
            default -> throw new IllegalArgumentException(panels + " panels of " + vectors);
        }
    }

    private static void dense4x2(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        FloatVector c6 = FloatVector.zero(S);
        FloatVector c7 = FloatVector.zero(S);
        int b1 = bo + panel;
        int b2 = bo + 2 * panel;
        int b3 = bo + 3 * panel;
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, b1 + at), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, b1 + at + L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, b2 + at), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, b2 + at + L), c5);
            c6 = x.fma(FloatVector.fromArray(S, b, b3 + at), c6);
            c7 = x.fma(FloatVector.fromArray(S, b, b3 + at + L), c7);
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

    private static void more4x2(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.fromArray(S, c, co);
        FloatVector c1 = FloatVector.fromArray(S, c, co + L);
        FloatVector c2 = FloatVector.fromArray(S, c, co + 2 * L);
        FloatVector c3 = FloatVector.fromArray(S, c, co + 3 * L);
        FloatVector c4 = FloatVector.fromArray(S, c, co + 4 * L);
        FloatVector c5 = FloatVector.fromArray(S, c, co + 5 * L);
        FloatVector c6 = FloatVector.fromArray(S, c, co + 6 * L);
        FloatVector c7 = FloatVector.fromArray(S, c, co + 7 * L);
        int b1 = bo + panel;
        int b2 = bo + 2 * panel;
        int b3 = bo + 3 * panel;
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, b1 + at), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, b1 + at + L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, b2 + at), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, b2 + at + L), c5);
            c6 = x.fma(FloatVector.fromArray(S, b, b3 + at), c6);
            c7 = x.fma(FloatVector.fromArray(S, b, b3 + at + L), c7);
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

    private static void nonzeros4x2(int from, int to, int[] indices, float[] values, float[] b, int bo, int panel,
            float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        FloatVector c6 = FloatVector.zero(S);
        FloatVector c7 = FloatVector.zero(S);
        int b1 = bo + panel;
        int b2 = bo + 2 * panel;
        int b3 = bo + 3 * panel;
        for (int p = from; p < to; p++) {
            FloatVector x = FloatVector.broadcast(S, values[p]);
            int at = indices[p] * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, b1 + at), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, b1 + at + L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, b2 + at), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, b2 + at + L), c5);
            c6 = x.fma(FloatVector.fromArray(S, b, b3 + at), c6);
            c7 = x.fma(FloatVector.fromArray(S, b, b3 + at + L), c7);
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

    private static void dense3x2(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        int b1 = bo + panel;
        int b2 = bo + 2 * panel;
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, b1 + at), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, b1 + at + L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, b2 + at), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, b2 + at + L), c5);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
        c4.intoArray(c, co + 4 * L);
        c5.intoArray(c, co + 5 * L);
    }

    private static void more3x2(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.fromArray(S, c, co);
        FloatVector c1 = FloatVector.fromArray(S, c, co + L);
        FloatVector c2 = FloatVector.fromArray(S, c, co + 2 * L);
        FloatVector c3 = FloatVector.fromArray(S, c, co + 3 * L);
        FloatVector c4 = FloatVector.fromArray(S, c, co + 4 * L);
        FloatVector c5 = FloatVector.fromArray(S, c, co + 5 * L);
        int b1 = bo + panel;
        int b2 = bo + 2 * panel;
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, b1 + at), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, b1 + at + L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, b2 + at), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, b2 + at + L), c5);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
        c4.intoArray(c, co + 4 * L);
        c5.intoArray(c, co + 5 * L);
    }

    private static void nonzeros3x2(int from, int to, int[] indices, float[] values, float[] b, int bo, int panel,
            float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        int b1 = bo + panel;
        int b2 = bo + 2 * panel;
        for (int p = from; p < to; p++) {
            FloatVector x = FloatVector.broadcast(S, values[p]);
            int at = indices[p] * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, b1 + at), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, b1 + at + L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, b2 + at), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, b2 + at + L), c5);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
        c4.intoArray(c, co + 4 * L);
        c5.intoArray(c, co + 5 * L);
    }

    private static void dense2x2(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        int b1 = bo + panel;
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, b1 + at), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, b1 + at + L), c3);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
    }

    private static void more2x2(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.fromArray(S, c, co);
        FloatVector c1 = FloatVector.fromArray(S, c, co + L);
        FloatVector c2 = FloatVector.fromArray(S, c, co + 2 * L);
        FloatVector c3 = FloatVector.fromArray(S, c, co + 3 * L);
        int b1 = bo + panel;
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, b1 + at), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, b1 + at + L), c3);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
    }

    private static void nonzeros2x2(int from, int to, int[] indices, float[] values, float[] b, int bo, int panel,
            float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        int b1 = bo + panel;
        for (int p = from; p < to; p++) {
            FloatVector x = FloatVector.broadcast(S, values[p]);
            int at = indices[p] * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, b1 + at), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, b1 + at + L), c3);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
    }

    private static void dense1x2(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
    }

    private static void more1x2(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.fromArray(S, c, co);
        FloatVector c1 = FloatVector.fromArray(S, c, co + L);
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
    }

    private static void nonzeros1x2(int from, int to, int[] indices, float[] values, float[] b, int bo, int panel,
            float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        for (int p = from; p < to; p++) {
            FloatVector x = FloatVector.broadcast(S, values[p]);
            int at = indices[p] * (2 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
    }

    private static void dense2x4(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        FloatVector c6 = FloatVector.zero(S);
        FloatVector c7 = FloatVector.zero(S);
        int b1 = bo + panel;
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (4 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, bo + at + 2 * L), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, bo + at + 3 * L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, b1 + at), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, b1 + at + L), c5);
            c6 = x.fma(FloatVector.fromArray(S, b, b1 + at + 2 * L), c6);
            c7 = x.fma(FloatVector.fromArray(S, b, b1 + at + 3 * L), c7);
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

    private static void more2x4(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.fromArray(S, c, co);
        FloatVector c1 = FloatVector.fromArray(S, c, co + L);
        FloatVector c2 = FloatVector.fromArray(S, c, co + 2 * L);
        FloatVector c3 = FloatVector.fromArray(S, c, co + 3 * L);
        FloatVector c4 = FloatVector.fromArray(S, c, co + 4 * L);
        FloatVector c5 = FloatVector.fromArray(S, c, co + 5 * L);
        FloatVector c6 = FloatVector.fromArray(S, c, co + 6 * L);
        FloatVector c7 = FloatVector.fromArray(S, c, co + 7 * L);
        int b1 = bo + panel;
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (4 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, bo + at + 2 * L), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, bo + at + 3 * L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, b1 + at), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, b1 + at + L), c5);
            c6 = x.fma(FloatVector.fromArray(S, b, b1 + at + 2 * L), c6);
            c7 = x.fma(FloatVector.fromArray(S, b, b1 + at + 3 * L), c7);
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

    private static void nonzeros2x4(int from, int to, int[] indices, float[] values, float[] b, int bo, int panel,
            float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        FloatVector c4 = FloatVector.zero(S);
        FloatVector c5 = FloatVector.zero(S);
        FloatVector c6 = FloatVector.zero(S);
        FloatVector c7 = FloatVector.zero(S);
        int b1 = bo + panel;
        for (int p = from; p < to; p++) {
            FloatVector x = FloatVector.broadcast(S, values[p]);
            int at = indices[p] * (4 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, bo + at + 2 * L), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, bo + at + 3 * L), c3);
            c4 = x.fma(FloatVector.fromArray(S, b, b1 + at), c4);
            c5 = x.fma(FloatVector.fromArray(S, b, b1 + at + L), c5);
            c6 = x.fma(FloatVector.fromArray(S, b, b1 + at + 2 * L), c6);
            c7 = x.fma(FloatVector.fromArray(S, b, b1 + at + 3 * L), c7);
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

    private static void dense1x4(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (4 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, bo + at + 2 * L), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, bo + at + 3 * L), c3);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
    }

    private static void more1x4(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.fromArray(S, c, co);
        FloatVector c1 = FloatVector.fromArray(S, c, co + L);
        FloatVector c2 = FloatVector.fromArray(S, c, co + 2 * L);
        FloatVector c3 = FloatVector.fromArray(S, c, co + 3 * L);
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (4 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, bo + at + 2 * L), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, bo + at + 3 * L), c3);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
    }

    private static void nonzeros1x4(int from, int to, int[] indices, float[] values, float[] b, int bo, int panel,
            float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        FloatVector c3 = FloatVector.zero(S);
        for (int p = from; p < to; p++) {
            FloatVector x = FloatVector.broadcast(S, values[p]);
            int at = indices[p] * (4 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, bo + at + 2 * L), c2);
            c3 = x.fma(FloatVector.fromArray(S, b, bo + at + 3 * L), c3);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
        c3.intoArray(c, co + 3 * L);
    }

    private static void dense1x3(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (3 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, bo + at + 2 * L), c2);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
    }

    private static void more1x3(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.fromArray(S, c, co);
        FloatVector c1 = FloatVector.fromArray(S, c, co + L);
        FloatVector c2 = FloatVector.fromArray(S, c, co + 2 * L);
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * (3 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, bo + at + 2 * L), c2);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
    }

    private static void nonzeros1x3(int from, int to, int[] indices, float[] values, float[] b, int bo, int panel,
            float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        FloatVector c1 = FloatVector.zero(S);
        FloatVector c2 = FloatVector.zero(S);
        for (int p = from; p < to; p++) {
            FloatVector x = FloatVector.broadcast(S, values[p]);
            int at = indices[p] * (3 * L);
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
            c1 = x.fma(FloatVector.fromArray(S, b, bo + at + L), c1);
            c2 = x.fma(FloatVector.fromArray(S, b, bo + at + 2 * L), c2);
        }
        c0.intoArray(c, co);
        c1.intoArray(c, co + L);
        c2.intoArray(c, co + 2 * L);
    }

    private static void dense1x1(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * L;
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
        }
        c0.intoArray(c, co);
    }

    private static void more1x1(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {
        FloatVector c0 = FloatVector.fromArray(S, c, co);
        for (int p = 0; p < k; p++) {
            FloatVector x = FloatVector.broadcast(S, a[ao + p]);
            int at = p * L;
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
        }
        c0.intoArray(c, co);
    }

    private static void nonzeros1x1(int from, int to, int[] indices, float[] values, float[] b, int bo, int panel,
            float[] c, int co) {
        FloatVector c0 = FloatVector.zero(S);
        for (int p = from; p < to; p++) {
            FloatVector x = FloatVector.broadcast(S, values[p]);
            int at = indices[p] * L;
            c0 = x.fma(FloatVector.fromArray(S, b, bo + at), c0);
        }
        c0.intoArray(c, co);
    }
}

package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Rows of a matrix times a vector, for vectors of 16, 8 or 4 lanes; see {@link VectorRow}. */
final class VectorTurnedRows {
    /** Rows that are computed together. */
    static final int ROWS = 16;
    /** Columns that are computed together. */
    static final int COLUMNS = 4;

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    /** Puts the halves of 64 bits of each 128 in each other's place. */
    private static final VectorShuffle<Float> SWAP = VectorShuffle.fromOp(S, lane -> lane ^ 2);

    private VectorTurnedRows() {}

    /** sums[r] += row r of w times a, in ascending order; the number of columns is a multiple of four. */
    static void add(int end, float[] a, int ao, float[] w, int wo, int ldw, float[] sums, int so) {
        if (L == 16) {
            lanes16(end, a, ao, w, wo, ldw, sums, so);
        } else if (L == 8) {
            lanes8(end, a, ao, w, wo, ldw, sums, so, -1);
        } else {
            lanes4(end, a, ao, w, wo, ldw, sums, so);
        }
    }

    private static void lanes16(int end, float[] a, int ao, float[] w, int wo, int ldw, float[] sums, int so) {
        int x1 = wo + ldw;
        int x2 = wo + 2 * ldw;
        int x3 = wo + 3 * ldw;
        int x4 = wo + 4 * ldw - 4;
        int x5 = wo + 5 * ldw - 4;
        int x6 = wo + 6 * ldw - 4;
        int x7 = wo + 7 * ldw - 4;
        int x8 = wo + 8 * ldw - 8;
        int x9 = wo + 9 * ldw - 8;
        int x10 = wo + 10 * ldw - 8;
        int x11 = wo + 11 * ldw - 8;
        int x12 = wo + 12 * ldw - 12;
        int x13 = wo + 13 * ldw - 12;
        int x14 = wo + 14 * ldw - 12;
        int x15 = wo + 15 * ldw - 12;
        FloatVector c0 = FloatVector.fromArray(S, sums, so);
        VectorMask<Float> q1 = VectorMask.fromLong(S, 0b1111L << 4);
        VectorMask<Float> q2 = VectorMask.fromLong(S, 0b1111L << 8);
        VectorMask<Float> q3 = VectorMask.fromLong(S, 0b1111L << 12);
        VectorMask<Float> m2 = VectorMask.fromLong(S, 0b1100110011001100);
        VectorMask<Float> m1 = VectorMask.fromLong(S, 0b1010101010101010);
        for (int c = 0; c < end; c += 4) {
            FloatVector r00 = FloatVector.fromArray(S, w, wo + c).blend(FloatVector.fromArray(S, w, x4 + c),
                    q1).blend(FloatVector.fromArray(S, w, x8 + c), q2).blend(FloatVector.fromArray(S, w, x12 + c), q3);
            FloatVector r01 = FloatVector.fromArray(S, w, x1 + c).blend(FloatVector.fromArray(S, w, x5 + c),
                    q1).blend(FloatVector.fromArray(S, w, x9 + c), q2).blend(FloatVector.fromArray(S, w, x13 + c), q3);
            FloatVector r02 = FloatVector.fromArray(S, w, x2 + c).blend(FloatVector.fromArray(S, w, x6 + c),
                    q1).blend(FloatVector.fromArray(S, w, x10 + c), q2).blend(FloatVector.fromArray(S, w, x14 + c), q3);
            FloatVector r03 = FloatVector.fromArray(S, w, x3 + c).blend(FloatVector.fromArray(S, w, x7 + c),
                    q1).blend(FloatVector.fromArray(S, w, x11 + c), q2).blend(FloatVector.fromArray(S, w, x15 + c), q3);
            FloatVector p00 = r00.blend(r02.rearrange(SWAP), m2);
            FloatVector p02 = r00.rearrange(SWAP).blend(r02, m2);
            FloatVector p01 = r01.blend(r03.rearrange(SWAP), m2);
            FloatVector p03 = r01.rearrange(SWAP).blend(r03, m2);
            c0 = FloatVector.broadcast(S, a[ao + c])
                    .fma(p00.blend(p01.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32)
                            .reinterpretAsFloats(), m1), c0);
            c0 = FloatVector.broadcast(S, a[ao + c + 1])
                    .fma(p00.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32)
                            .reinterpretAsFloats().blend(p01, m1), c0);
            c0 = FloatVector.broadcast(S, a[ao + c + 2])
                    .fma(p02.blend(p03.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32)
                            .reinterpretAsFloats(), m1), c0);
            c0 = FloatVector.broadcast(S, a[ao + c + 3])
                    .fma(p02.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32)
                            .reinterpretAsFloats().blend(p03, m1), c0);
        }
        c0.intoArray(sums, so);
    }

    private static void lanes8(int end, float[] a, int ao, float[] w, int wo, int ldw, float[] sums, int so, int stop) {
        int x1 = wo + ldw;
        int x2 = wo + 2 * ldw;
        int x3 = wo + 3 * ldw;
        int x4 = wo + 4 * ldw - 4;
        int x5 = wo + 5 * ldw - 4;
        int x6 = wo + 6 * ldw - 4;
        int x7 = wo + 7 * ldw - 4;
        int x8 = wo + 8 * ldw;
        int x9 = wo + 9 * ldw;
        int x10 = wo + 10 * ldw;
        int x11 = wo + 11 * ldw;
        int x12 = wo + 12 * ldw - 4;
        int x13 = wo + 13 * ldw - 4;
        int x14 = wo + 14 * ldw - 4;
        int x15 = wo + 15 * ldw - 4;
        FloatVector c0 = FloatVector.fromArray(S, sums, so);
        FloatVector c1 = FloatVector.fromArray(S, sums, so + L);
        VectorMask<Float> q1 = VectorMask.fromLong(S, 0b1111L << 4);
        VectorMask<Float> m2 = VectorMask.fromLong(S, 0b11001100);
        VectorMask<Float> m1 = VectorMask.fromLong(S, 0b10101010);
        for (int c = 0; c < end; c += 4) {
            FloatVector r00 = FloatVector.fromArray(S, w, wo + c).blend(FloatVector.fromArray(S, w, x4 + c), q1);
            FloatVector r01 = FloatVector.fromArray(S, w, x1 + c).blend(FloatVector.fromArray(S, w, x5 + c), q1);
            FloatVector r02 = FloatVector.fromArray(S, w, x2 + c).blend(FloatVector.fromArray(S, w, x6 + c), q1);
            FloatVector r03 = FloatVector.fromArray(S, w, x3 + c).blend(FloatVector.fromArray(S, w, x7 + c), q1);
            FloatVector p00 = r00.blend(r02.rearrange(SWAP), m2);
            FloatVector p02 = r00.rearrange(SWAP).blend(r02, m2);
            FloatVector p01 = r01.blend(r03.rearrange(SWAP), m2);
            FloatVector p03 = r01.rearrange(SWAP).blend(r03, m2);
            c0 = FloatVector.broadcast(S, a[ao + c])
                    .fma(p00.blend(p01.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32)
                            .reinterpretAsFloats(), m1), c0);
            c0 = FloatVector.broadcast(S, a[ao + c + 1])
                    .fma(p00.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32)
                            .reinterpretAsFloats().blend(p01, m1), c0);
            c0 = FloatVector.broadcast(S, a[ao + c + 2])
                    .fma(p02.blend(p03.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32)
                            .reinterpretAsFloats(), m1), c0);
            c0 = FloatVector.broadcast(S, a[ao + c + 3])
                    .fma(p02.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32)
                            .reinterpretAsFloats().blend(p03, m1), c0);
            if (c == stop) {
                break;
            }
            FloatVector r10 = FloatVector.fromArray(S, w, x8 + c).blend(FloatVector.fromArray(S, w, x12 + c), q1);
            FloatVector r11 = FloatVector.fromArray(S, w, x9 + c).blend(FloatVector.fromArray(S, w, x13 + c), q1);
            FloatVector r12 = FloatVector.fromArray(S, w, x10 + c).blend(FloatVector.fromArray(S, w, x14 + c), q1);
            FloatVector r13 = FloatVector.fromArray(S, w, x11 + c).blend(FloatVector.fromArray(S, w, x15 + c), q1);
            FloatVector p10 = r10.blend(r12.rearrange(SWAP), m2);
            FloatVector p12 = r10.rearrange(SWAP).blend(r12, m2);
            FloatVector p11 = r11.blend(r13.rearrange(SWAP), m2);
            FloatVector p13 = r11.rearrange(SWAP).blend(r13, m2);
            c1 = FloatVector.broadcast(S, a[ao + c])
                    .fma(p10.blend(p11.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32)
                            .reinterpretAsFloats(), m1), c1);
            c1 = FloatVector.broadcast(S, a[ao + c + 1])
                    .fma(p10.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32)
                            .reinterpretAsFloats().blend(p11, m1), c1);
            c1 = FloatVector.broadcast(S, a[ao + c + 2])
                    .fma(p12.blend(p13.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32)
                            .reinterpretAsFloats(), m1), c1);
            c1 = FloatVector.broadcast(S, a[ao + c + 3])
                    .fma(p12.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32)
                            .reinterpretAsFloats().blend(p13, m1), c1);
        }
        c0.intoArray(sums, so);
        c1.intoArray(sums, so + L);
    }

    private static void lanes4(int end, float[] a, int ao, float[] w, int wo, int ldw, float[] sums, int so) {
        int x1 = wo + ldw;
        int x2 = wo + 2 * ldw - 2;
        int x3 = wo + 3 * ldw - 2;
        int x4 = wo + 4 * ldw;
        int x5 = wo + 5 * ldw;
        int x6 = wo + 6 * ldw - 2;
        int x7 = wo + 7 * ldw - 2;
        int x8 = wo + 8 * ldw;
        int x9 = wo + 9 * ldw;
        int x10 = wo + 10 * ldw - 2;
        int x11 = wo + 11 * ldw - 2;
        int x12 = wo + 12 * ldw;
        int x13 = wo + 13 * ldw;
        int x14 = wo + 14 * ldw - 2;
        int x15 = wo + 15 * ldw - 2;
        FloatVector c0 = FloatVector.fromArray(S, sums, so);
        FloatVector c1 = FloatVector.fromArray(S, sums, so + L);
        FloatVector c2 = FloatVector.fromArray(S, sums, so + 2 * L);
        FloatVector c3 = FloatVector.fromArray(S, sums, so + 3 * L);
        VectorMask<Float> m1 = VectorMask.fromLong(S, 0b11L << 2);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b10101010);
        for (int c = 0; c < end; c += 2) {
            FloatVector a0 = FloatVector.broadcast(S, a[ao + c]);
            FloatVector a1 = FloatVector.broadcast(S, a[ao + c + 1]);
            FloatVector e0 = FloatVector.fromArray(S, w, wo + c);
            e0 = e0.blend(FloatVector.fromArray(S, w, x2 + c), m1);
            FloatVector o0 = FloatVector.fromArray(S, w, x1 + c);
            o0 = o0.blend(FloatVector.fromArray(S, w, x3 + c), m1);
            FloatVector even0 = e0.blend(o0.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd);
            FloatVector odds0 = e0.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(o0, odd);
            c0 = a0.fma(even0, c0);
            c0 = a1.fma(odds0, c0);
            FloatVector e1 = FloatVector.fromArray(S, w, x4 + c);
            e1 = e1.blend(FloatVector.fromArray(S, w, x6 + c), m1);
            FloatVector o1 = FloatVector.fromArray(S, w, x5 + c);
            o1 = o1.blend(FloatVector.fromArray(S, w, x7 + c), m1);
            FloatVector even1 = e1.blend(o1.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd);
            FloatVector odds1 = e1.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(o1, odd);
            c1 = a0.fma(even1, c1);
            c1 = a1.fma(odds1, c1);
            FloatVector e2 = FloatVector.fromArray(S, w, x8 + c);
            e2 = e2.blend(FloatVector.fromArray(S, w, x10 + c), m1);
            FloatVector o2 = FloatVector.fromArray(S, w, x9 + c);
            o2 = o2.blend(FloatVector.fromArray(S, w, x11 + c), m1);
            FloatVector even2 = e2.blend(o2.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd);
            FloatVector odds2 = e2.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(o2, odd);
            c2 = a0.fma(even2, c2);
            c2 = a1.fma(odds2, c2);
            FloatVector e3 = FloatVector.fromArray(S, w, x12 + c);
            e3 = e3.blend(FloatVector.fromArray(S, w, x14 + c), m1);
            FloatVector o3 = FloatVector.fromArray(S, w, x13 + c);
            o3 = o3.blend(FloatVector.fromArray(S, w, x15 + c), m1);
            FloatVector even3 = e3.blend(o3.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd);
            FloatVector odds3 = e3.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(o3, odd);
            c3 = a0.fma(even3, c3);
            c3 = a1.fma(odds3, c3);
        }
        c0.intoArray(sums, so);
        c1.intoArray(sums, so + L);
        c2.intoArray(sums, so + 2 * L);
        c3.intoArray(sums, so + 3 * L);
    }
}

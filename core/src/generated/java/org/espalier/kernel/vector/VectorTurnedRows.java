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
        VectorMask<Float> part1 = VectorMask.fromLong(S, 0b1111L << 4);
        VectorMask<Float> part2 = VectorMask.fromLong(S, 0b1111L << 8);
        VectorMask<Float> part3 = VectorMask.fromLong(S, 0b1111L << 12);
        VectorMask<Float> pairs = VectorMask.fromLong(S, 0b1100110011001100);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b1010101010101010);
        for (int c = 0; c < end; c += 4) {
            FloatVector r0_0 = FloatVector.fromArray(S, w, wo + c);
            r0_0 = r0_0.blend(FloatVector.fromArray(S, w, x4 + c), part1);
            r0_0 = r0_0.blend(FloatVector.fromArray(S, w, x8 + c), part2);
            r0_0 = r0_0.blend(FloatVector.fromArray(S, w, x12 + c), part3);
            FloatVector r1_0 = FloatVector.fromArray(S, w, x1 + c);
            r1_0 = r1_0.blend(FloatVector.fromArray(S, w, x5 + c), part1);
            r1_0 = r1_0.blend(FloatVector.fromArray(S, w, x9 + c), part2);
            r1_0 = r1_0.blend(FloatVector.fromArray(S, w, x13 + c), part3);
            FloatVector r2_0 = FloatVector.fromArray(S, w, x2 + c);
            r2_0 = r2_0.blend(FloatVector.fromArray(S, w, x6 + c), part1);
            r2_0 = r2_0.blend(FloatVector.fromArray(S, w, x10 + c), part2);
            r2_0 = r2_0.blend(FloatVector.fromArray(S, w, x14 + c), part3);
            FloatVector r3_0 = FloatVector.fromArray(S, w, x3 + c);
            r3_0 = r3_0.blend(FloatVector.fromArray(S, w, x7 + c), part1);
            r3_0 = r3_0.blend(FloatVector.fromArray(S, w, x11 + c), part2);
            r3_0 = r3_0.blend(FloatVector.fromArray(S, w, x15 + c), part3);
            FloatVector p0_0 = r0_0.blend(r2_0.rearrange(SWAP), pairs);
            FloatVector p2_0 = r0_0.rearrange(SWAP).blend(r2_0, pairs);
            FloatVector p1_0 = r1_0.blend(r3_0.rearrange(SWAP), pairs);
            FloatVector p3_0 = r1_0.rearrange(SWAP).blend(r3_0, pairs);
            c0 = FloatVector.broadcast(S, a[ao +
                    c]).fma(p0_0.blend(p1_0.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd), c0);
            c0 = FloatVector.broadcast(S, a[ao + c + 1]).fma(p0_0.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(p1_0, odd), c0);
            c0 = FloatVector.broadcast(S, a[ao + c +
                    2]).fma(p2_0.blend(p3_0.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd), c0);
            c0 = FloatVector.broadcast(S, a[ao + c + 3]).fma(p2_0.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(p3_0, odd), c0);
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
        VectorMask<Float> part1 = VectorMask.fromLong(S, 0b1111L << 4);
        VectorMask<Float> pairs = VectorMask.fromLong(S, 0b11001100);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b10101010);
        for (int c = 0; c < end; c += 4) {
            FloatVector r0_0 = FloatVector.fromArray(S, w, wo + c);
            r0_0 = r0_0.blend(FloatVector.fromArray(S, w, x4 + c), part1);
            FloatVector r1_0 = FloatVector.fromArray(S, w, x1 + c);
            r1_0 = r1_0.blend(FloatVector.fromArray(S, w, x5 + c), part1);
            FloatVector r2_0 = FloatVector.fromArray(S, w, x2 + c);
            r2_0 = r2_0.blend(FloatVector.fromArray(S, w, x6 + c), part1);
            FloatVector r3_0 = FloatVector.fromArray(S, w, x3 + c);
            r3_0 = r3_0.blend(FloatVector.fromArray(S, w, x7 + c), part1);
            FloatVector p0_0 = r0_0.blend(r2_0.rearrange(SWAP), pairs);
            FloatVector p2_0 = r0_0.rearrange(SWAP).blend(r2_0, pairs);
            FloatVector p1_0 = r1_0.blend(r3_0.rearrange(SWAP), pairs);
            FloatVector p3_0 = r1_0.rearrange(SWAP).blend(r3_0, pairs);
            c0 = FloatVector.broadcast(S, a[ao +
                    c]).fma(p0_0.blend(p1_0.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd), c0);
            c0 = FloatVector.broadcast(S, a[ao + c + 1]).fma(p0_0.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(p1_0, odd), c0);
            c0 = FloatVector.broadcast(S, a[ao + c +
                    2]).fma(p2_0.blend(p3_0.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd), c0);
            c0 = FloatVector.broadcast(S, a[ao + c + 3]).fma(p2_0.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(p3_0, odd), c0);
            if (c == stop) {
                break;
            }
            FloatVector r0_1 = FloatVector.fromArray(S, w, x8 + c);
            r0_1 = r0_1.blend(FloatVector.fromArray(S, w, x12 + c), part1);
            FloatVector r1_1 = FloatVector.fromArray(S, w, x9 + c);
            r1_1 = r1_1.blend(FloatVector.fromArray(S, w, x13 + c), part1);
            FloatVector r2_1 = FloatVector.fromArray(S, w, x10 + c);
            r2_1 = r2_1.blend(FloatVector.fromArray(S, w, x14 + c), part1);
            FloatVector r3_1 = FloatVector.fromArray(S, w, x11 + c);
            r3_1 = r3_1.blend(FloatVector.fromArray(S, w, x15 + c), part1);
            FloatVector p0_1 = r0_1.blend(r2_1.rearrange(SWAP), pairs);
            FloatVector p2_1 = r0_1.rearrange(SWAP).blend(r2_1, pairs);
            FloatVector p1_1 = r1_1.blend(r3_1.rearrange(SWAP), pairs);
            FloatVector p3_1 = r1_1.rearrange(SWAP).blend(r3_1, pairs);
            c1 = FloatVector.broadcast(S, a[ao +
                    c]).fma(p0_1.blend(p1_1.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd), c1);
            c1 = FloatVector.broadcast(S, a[ao + c + 1]).fma(p0_1.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(p1_1, odd), c1);
            c1 = FloatVector.broadcast(S, a[ao + c +
                    2]).fma(p2_1.blend(p3_1.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd), c1);
            c1 = FloatVector.broadcast(S, a[ao + c + 3]).fma(p2_1.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(p3_1, odd), c1);
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
        VectorMask<Float> part1 = VectorMask.fromLong(S, 0b11L << 2);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b1010);
        for (int c = 0; c < end; c += 2) {
            FloatVector r0_0 = FloatVector.fromArray(S, w, wo + c);
            r0_0 = r0_0.blend(FloatVector.fromArray(S, w, x2 + c), part1);
            FloatVector r1_0 = FloatVector.fromArray(S, w, x1 + c);
            r1_0 = r1_0.blend(FloatVector.fromArray(S, w, x3 + c), part1);
            c0 = FloatVector.broadcast(S, a[ao +
                    c]).fma(r0_0.blend(r1_0.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd), c0);
            c0 = FloatVector.broadcast(S, a[ao + c + 1]).fma(r0_0.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(r1_0, odd), c0);
            FloatVector r0_1 = FloatVector.fromArray(S, w, x4 + c);
            r0_1 = r0_1.blend(FloatVector.fromArray(S, w, x6 + c), part1);
            FloatVector r1_1 = FloatVector.fromArray(S, w, x5 + c);
            r1_1 = r1_1.blend(FloatVector.fromArray(S, w, x7 + c), part1);
            c1 = FloatVector.broadcast(S, a[ao +
                    c]).fma(r0_1.blend(r1_1.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd), c1);
            c1 = FloatVector.broadcast(S, a[ao + c + 1]).fma(r0_1.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(r1_1, odd), c1);
            FloatVector r0_2 = FloatVector.fromArray(S, w, x8 + c);
            r0_2 = r0_2.blend(FloatVector.fromArray(S, w, x10 + c), part1);
            FloatVector r1_2 = FloatVector.fromArray(S, w, x9 + c);
            r1_2 = r1_2.blend(FloatVector.fromArray(S, w, x11 + c), part1);
            c2 = FloatVector.broadcast(S, a[ao +
                    c]).fma(r0_2.blend(r1_2.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd), c2);
            c2 = FloatVector.broadcast(S, a[ao + c + 1]).fma(r0_2.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(r1_2, odd), c2);
            FloatVector r0_3 = FloatVector.fromArray(S, w, x12 + c);
            r0_3 = r0_3.blend(FloatVector.fromArray(S, w, x14 + c), part1);
            FloatVector r1_3 = FloatVector.fromArray(S, w, x13 + c);
            r1_3 = r1_3.blend(FloatVector.fromArray(S, w, x15 + c), part1);
            c3 = FloatVector.broadcast(S, a[ao +
                    c]).fma(r0_3.blend(r1_3.reinterpretAsLongs().lanewise(VectorOperators.LSHL,
                    32).reinterpretAsFloats(), odd), c3);
            c3 = FloatVector.broadcast(S, a[ao + c + 1]).fma(r0_3.reinterpretAsLongs().lanewise(VectorOperators.LSHR,
                    32).reinterpretAsFloats().blend(r1_3, odd), c3);
        }
        c0.intoArray(sums, so);
        c1.intoArray(sums, so + L);
        c2.intoArray(sums, so + 2 * L);
        c3.intoArray(sums, so + 3 * L);
    }
}

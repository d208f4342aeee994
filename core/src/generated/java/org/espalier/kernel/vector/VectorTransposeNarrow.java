package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposition of strips of as many rows as a vector of 8 or 4 lanes has, some columns at a time. Where the number
 * of columns is no multiple of them, the last are done once more by themselves: the indices of the loop are sums of
 * its variable, so the compiler takes their checks out of it.
 */
final class VectorTransposeNarrow {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Columns that are made together: there must be as many at least. */
    static final int COLUMNS = L == 8 ? 4 : 2;

    private static final VectorShuffle<Float> SWAP = VectorShuffle.fromOp(S, lane -> lane ^ 2);

    private VectorTransposeNarrow() {}

    private static void strip8(int first, int end, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        int x1 = xo + ldx;
        int x2 = xo + 2 * ldx;
        int x3 = xo + 3 * ldx;
        int x4 = xo + 4 * ldx - 4;
        int x5 = xo + 5 * ldx - 4;
        int x6 = xo + 6 * ldx - 4;
        int x7 = xo + 7 * ldx - 4;
        VectorMask<Float> part1 = VectorMask.fromLong(S, 0b1111L << 4);
        VectorMask<Float> pairs = VectorMask.fromLong(S, 0b11001100);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b10101010);
        for (int c = first; c < end; c += 4) {
            FloatVector r0 = FloatVector.fromArray(S, x, xo + c);
            r0 = r0.blend(FloatVector.fromArray(S, x, x4 + c), part1);
            FloatVector r1 = FloatVector.fromArray(S, x, x1 + c);
            r1 = r1.blend(FloatVector.fromArray(S, x, x5 + c), part1);
            FloatVector r2 = FloatVector.fromArray(S, x, x2 + c);
            r2 = r2.blend(FloatVector.fromArray(S, x, x6 + c), part1);
            FloatVector r3 = FloatVector.fromArray(S, x, x3 + c);
            r3 = r3.blend(FloatVector.fromArray(S, x, x7 + c), part1);
            FloatVector p0 = r0.blend(r2.rearrange(SWAP), pairs);
            FloatVector p2 = r0.rearrange(SWAP).blend(r2, pairs);
            FloatVector p1 = r1.blend(r3.rearrange(SWAP), pairs);
            FloatVector p3 = r1.rearrange(SWAP).blend(r3, pairs);
            p0.blend(p1.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(), odd).intoArray(y,
                    yo + c * ldy);
            p0.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(p1, odd).intoArray(y,
                    yo + c * ldy + ldy);
            p2.blend(p3.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(), odd).intoArray(y,
                    yo + c * ldy + 2 * ldy);
            p2.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(p3, odd).intoArray(y,
                    yo + c * ldy + 3 * ldy);
        }
    }

    private static void in8(int first, int end, float[] x, int xo, int ldx, long at, long line) {
        MemorySegment inputs = OffHeapScratch.INPUTS;
        long last = OffHeapScratch.INPUT_BYTES - 1;
        int x1 = xo + ldx;
        int x2 = xo + 2 * ldx;
        int x3 = xo + 3 * ldx;
        int x4 = xo + 4 * ldx - 4;
        int x5 = xo + 5 * ldx - 4;
        int x6 = xo + 6 * ldx - 4;
        int x7 = xo + 7 * ldx - 4;
        VectorMask<Float> part1 = VectorMask.fromLong(S, 0b1111L << 4);
        VectorMask<Float> pairs = VectorMask.fromLong(S, 0b11001100);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b10101010);
        for (int c = first; c < end; c += 4) {
            FloatVector r0 = FloatVector.fromArray(S, x, xo + c);
            r0 = r0.blend(FloatVector.fromArray(S, x, x4 + c), part1);
            FloatVector r1 = FloatVector.fromArray(S, x, x1 + c);
            r1 = r1.blend(FloatVector.fromArray(S, x, x5 + c), part1);
            FloatVector r2 = FloatVector.fromArray(S, x, x2 + c);
            r2 = r2.blend(FloatVector.fromArray(S, x, x6 + c), part1);
            FloatVector r3 = FloatVector.fromArray(S, x, x3 + c);
            r3 = r3.blend(FloatVector.fromArray(S, x, x7 + c), part1);
            FloatVector p0 = r0.blend(r2.rearrange(SWAP), pairs);
            FloatVector p2 = r0.rearrange(SWAP).blend(r2, pairs);
            FloatVector p1 = r1.blend(r3.rearrange(SWAP), pairs);
            FloatVector p3 = r1.rearrange(SWAP).blend(r3, pairs);
            long to = at + c * line;
            p0.blend(p1.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
                    odd).intoMemorySegment(inputs, to & last, ORDER);
            p0.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(p1,
                    odd).intoMemorySegment(inputs, to + line & last, ORDER);
            p2.blend(p3.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
                    odd).intoMemorySegment(inputs, to + 2 * line & last, ORDER);
            p2.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(p3,
                    odd).intoMemorySegment(inputs, to + 3 * line & last, ORDER);
        }
    }

    private static void out8(int first, int end, long at, long line, float[] bias, int bo, float floor, float[] y, int
            yo, int ldy) {
        MemorySegment sums = OffHeapScratch.SUMS;
        long last = OffHeapScratch.SUM_BYTES - 1;
        VectorMask<Float> part1 = VectorMask.fromLong(S, 0b1111L << 4);
        VectorMask<Float> pairs = VectorMask.fromLong(S, 0b11001100);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b10101010);
        // adding -0 changes nothing
        FloatVector b = bias == null ? FloatVector.broadcast(S, -0f) : FloatVector.fromArray(S, bias, bo);
        for (int c = first; c < end; c += 4) {
            long from = at + c * 4L;
            FloatVector r0 = FloatVector.fromMemorySegment(S, sums, from & last, ORDER);
            r0 = r0.blend(FloatVector.fromMemorySegment(S, sums, from + 4 * line - 16 & last, ORDER), part1);
            FloatVector r1 = FloatVector.fromMemorySegment(S, sums, from + line & last, ORDER);
            r1 = r1.blend(FloatVector.fromMemorySegment(S, sums, from + 5 * line - 16 & last, ORDER), part1);
            FloatVector r2 = FloatVector.fromMemorySegment(S, sums, from + 2 * line & last, ORDER);
            r2 = r2.blend(FloatVector.fromMemorySegment(S, sums, from + 6 * line - 16 & last, ORDER), part1);
            FloatVector r3 = FloatVector.fromMemorySegment(S, sums, from + 3 * line & last, ORDER);
            r3 = r3.blend(FloatVector.fromMemorySegment(S, sums, from + 7 * line - 16 & last, ORDER), part1);
            FloatVector p0 = r0.blend(r2.rearrange(SWAP), pairs);
            FloatVector p2 = r0.rearrange(SWAP).blend(r2, pairs);
            FloatVector p1 = r1.blend(r3.rearrange(SWAP), pairs);
            FloatVector p3 = r1.rearrange(SWAP).blend(r3, pairs);
            p0.blend(p1.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
                    odd).add(b).max(floor).intoArray(y, yo + c * ldy);
            p0.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(p1,
                    odd).add(b).max(floor).intoArray(y, yo + c * ldy + ldy);
            p2.blend(p3.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
                    odd).add(b).max(floor).intoArray(y, yo + c * ldy + 2 * ldy);
            p2.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(p3,
                    odd).add(b).max(floor).intoArray(y, yo + c * ldy + 3 * ldy);
        }
    }

    private static void strip4(int first, int end, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        int x1 = xo + ldx;
        int x2 = xo + 2 * ldx - 2;
        int x3 = xo + 3 * ldx - 2;
        VectorMask<Float> part1 = VectorMask.fromLong(S, 0b11L << 2);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b1010);
        for (int c = first; c < end; c += 2) {
            FloatVector r0 = FloatVector.fromArray(S, x, xo + c);
            r0 = r0.blend(FloatVector.fromArray(S, x, x2 + c), part1);
            FloatVector r1 = FloatVector.fromArray(S, x, x1 + c);
            r1 = r1.blend(FloatVector.fromArray(S, x, x3 + c), part1);
            r0.blend(r1.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(), odd).intoArray(y,
                    yo + c * ldy);
            r0.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(r1, odd).intoArray(y,
                    yo + c * ldy + ldy);
        }
    }

    private static void in4(int first, int end, float[] x, int xo, int ldx, long at, long line) {
        MemorySegment inputs = OffHeapScratch.INPUTS;
        long last = OffHeapScratch.INPUT_BYTES - 1;
        int x1 = xo + ldx;
        int x2 = xo + 2 * ldx - 2;
        int x3 = xo + 3 * ldx - 2;
        VectorMask<Float> part1 = VectorMask.fromLong(S, 0b11L << 2);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b1010);
        for (int c = first; c < end; c += 2) {
            FloatVector r0 = FloatVector.fromArray(S, x, xo + c);
            r0 = r0.blend(FloatVector.fromArray(S, x, x2 + c), part1);
            FloatVector r1 = FloatVector.fromArray(S, x, x1 + c);
            r1 = r1.blend(FloatVector.fromArray(S, x, x3 + c), part1);
            long to = at + c * line;
            r0.blend(r1.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
                    odd).intoMemorySegment(inputs, to & last, ORDER);
            r0.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(r1,
                    odd).intoMemorySegment(inputs, to + line & last, ORDER);
        }
    }

    private static void out4(int first, int end, long at, long line, float[] bias, int bo, float floor, float[] y, int
            yo, int ldy) {
        MemorySegment sums = OffHeapScratch.SUMS;
        long last = OffHeapScratch.SUM_BYTES - 1;
        VectorMask<Float> part1 = VectorMask.fromLong(S, 0b11L << 2);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b1010);
        // adding -0 changes nothing
        FloatVector b = bias == null ? FloatVector.broadcast(S, -0f) : FloatVector.fromArray(S, bias, bo);
        for (int c = first; c < end; c += 2) {
            long from = at + c * 4L;
            FloatVector r0 = FloatVector.fromMemorySegment(S, sums, from & last, ORDER);
            r0 = r0.blend(FloatVector.fromMemorySegment(S, sums, from + 2 * line - 8 & last, ORDER), part1);
            FloatVector r1 = FloatVector.fromMemorySegment(S, sums, from + line & last, ORDER);
            r1 = r1.blend(FloatVector.fromMemorySegment(S, sums, from + 3 * line - 8 & last, ORDER), part1);
            r0.blend(r1.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
                    odd).add(b).max(floor).intoArray(y, yo + c * ldy);
            r0.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(r1,
                    odd).add(b).max(floor).intoArray(y, yo + c * ldy + ldy);
        }
    }

    /**
    * From arrays to arrays: {@code y[yo + c * ldy + r] = x[xo + r * ldx + c]}.
     */
    static void strip(int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        if (L == 8) {
            strip8(0, cols & -4, x, xo, ldx, y, yo, ldy);
            if (cols % 4 != 0) {
                strip8(cols - 4, cols, x, xo, ldx, y, yo, ldy);
            }
        } else {
            strip4(0, cols & -2, x, xo, ldx, y, yo, ldy);
            if (cols % 2 != 0) {
                strip4(cols - 2, cols, x, xo, ldx, y, yo, ldy);
            }
        }
    }

    /**
    * From an array to the inputs of {@link OffHeapScratch}: column c goes to byte {@code at + c * line}.
     */
    static void in(int cols, float[] x, int xo, int ldx, long at, long line) {
        if (L == 8) {
            in8(0, cols & -4, x, xo, ldx, at, line);
            if (cols % 4 != 0) {
                in8(cols - 4, cols, x, xo, ldx, at, line);
            }
        } else {
            in4(0, cols & -2, x, xo, ldx, at, line);
            if (cols % 2 != 0) {
                in4(cols - 2, cols, x, xo, ldx, at, line);
            }
        }
    }

    /**
    * From the sums of {@link OffHeapScratch}, row r at byte {@code at + r * line}, to {@code y[yo + c * ldy + r]}
     * = max(sum + bias, floor).
     */
    static void out(int cols, long at, long line, float[] bias, int bo, float floor, float[] y, int yo, int ldy) {
        if (L == 8) {
            out8(0, cols & -4, at, line, bias, bo, floor, y, yo, ldy);
            if (cols % 4 != 0) {
                out8(cols - 4, cols, at, line, bias, bo, floor, y, yo, ldy);
            }
        } else {
            out4(0, cols & -2, at, line, bias, bo, floor, y, yo, ldy);
            if (cols % 2 != 0) {
                out4(cols - 2, cols, at, line, bias, bo, floor, y, yo, ldy);
            }
        }
    }
}

package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposition of strips of as many rows as a vector of 8 or 4 lanes has, two columns at a time, by loads at an
 * offset, blends and shifts. Where the number of columns is odd, the last two are done once more by themselves: the
 * indices of the loop are sums of its variable, so the compiler takes their checks out of it.
 */
final class VectorTransposeNarrow {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorTransposeNarrow() {}

    private static void strip8(int first, int end, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        int x1 = xo + ldx;
        int x2 = xo + 2 * ldx - 2;
        int x3 = xo + 3 * ldx - 2;
        int x4 = xo + 4 * ldx - 4;
        int x5 = xo + 5 * ldx - 4;
        int x6 = xo + 6 * ldx - 6;
        int x7 = xo + 7 * ldx - 6;
        VectorMask<Float> m1 = VectorMask.fromLong(S, 0b11L << 2);
        VectorMask<Float> m2 = VectorMask.fromLong(S, 0b11L << 4);
        VectorMask<Float> m3 = VectorMask.fromLong(S, 0b11L << 6);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b10101010);
        for (int c = first; c < end; c += 2) {
            FloatVector e = FloatVector.fromArray(S, x, xo + c);
            e = e.blend(FloatVector.fromArray(S, x, x2 + c), m1);
            e = e.blend(FloatVector.fromArray(S, x, x4 + c), m2);
            e = e.blend(FloatVector.fromArray(S, x, x6 + c), m3);
            FloatVector o = FloatVector.fromArray(S, x, x1 + c);
            o = o.blend(FloatVector.fromArray(S, x, x3 + c), m1);
            o = o.blend(FloatVector.fromArray(S, x, x5 + c), m2);
            o = o.blend(FloatVector.fromArray(S, x, x7 + c), m3);
            FloatVector even = e.blend(o.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
                    odd);
            FloatVector odds = e.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(o,
                    odd);
            even.intoArray(y, yo + c * ldy);
            odds.intoArray(y, yo + c * ldy + ldy);
        }
    }

    private static void in8(int first, int end, float[] x, int xo, int ldx, long at, long line) {
        MemorySegment inputs = OffHeapScratch.INPUTS;
        long last = OffHeapScratch.INPUT_BYTES - 1;
        int x1 = xo + ldx;
        int x2 = xo + 2 * ldx - 2;
        int x3 = xo + 3 * ldx - 2;
        int x4 = xo + 4 * ldx - 4;
        int x5 = xo + 5 * ldx - 4;
        int x6 = xo + 6 * ldx - 6;
        int x7 = xo + 7 * ldx - 6;
        VectorMask<Float> m1 = VectorMask.fromLong(S, 0b11L << 2);
        VectorMask<Float> m2 = VectorMask.fromLong(S, 0b11L << 4);
        VectorMask<Float> m3 = VectorMask.fromLong(S, 0b11L << 6);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b10101010);
        for (int c = first; c < end; c += 2) {
            FloatVector e = FloatVector.fromArray(S, x, xo + c);
            e = e.blend(FloatVector.fromArray(S, x, x2 + c), m1);
            e = e.blend(FloatVector.fromArray(S, x, x4 + c), m2);
            e = e.blend(FloatVector.fromArray(S, x, x6 + c), m3);
            FloatVector o = FloatVector.fromArray(S, x, x1 + c);
            o = o.blend(FloatVector.fromArray(S, x, x3 + c), m1);
            o = o.blend(FloatVector.fromArray(S, x, x5 + c), m2);
            o = o.blend(FloatVector.fromArray(S, x, x7 + c), m3);
            FloatVector even = e.blend(o.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
                    odd);
            FloatVector odds = e.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(o,
                    odd);
            long to = at + c * line;
            even.intoMemorySegment(inputs, to & last, ORDER);
            odds.intoMemorySegment(inputs, to + line & last, ORDER);
        }
    }

    private static void out8(int first, int end, long at, long line, float[] bias, int bo, float floor, float[] y, int
            yo, int ldy) {
        MemorySegment sums = OffHeapScratch.SUMS;
        long last = OffHeapScratch.SUM_BYTES - 1;
        VectorMask<Float> m1 = VectorMask.fromLong(S, 0b11L << 2);
        VectorMask<Float> m2 = VectorMask.fromLong(S, 0b11L << 4);
        VectorMask<Float> m3 = VectorMask.fromLong(S, 0b11L << 6);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b10101010);
        // adding -0 changes nothing
        FloatVector b = bias == null ? FloatVector.broadcast(S, -0f) : FloatVector.fromArray(S, bias, bo);
        for (int c = first; c < end; c += 2) {
            long from = at + c * 4L;
            FloatVector e = FloatVector.fromMemorySegment(S, sums, from & last, ORDER);
            e = e.blend(FloatVector.fromMemorySegment(S, sums, from + 2 * line - 8 & last, ORDER), m1);
            e = e.blend(FloatVector.fromMemorySegment(S, sums, from + 4 * line - 16 & last, ORDER), m2);
            e = e.blend(FloatVector.fromMemorySegment(S, sums, from + 6 * line - 24 & last, ORDER), m3);
            FloatVector o = FloatVector.fromMemorySegment(S, sums, from + line & last, ORDER);
            o = o.blend(FloatVector.fromMemorySegment(S, sums, from + 3 * line - 8 & last, ORDER), m1);
            o = o.blend(FloatVector.fromMemorySegment(S, sums, from + 5 * line - 16 & last, ORDER), m2);
            o = o.blend(FloatVector.fromMemorySegment(S, sums, from + 7 * line - 24 & last, ORDER), m3);
            FloatVector even = e.blend(o.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
                    odd);
            FloatVector odds = e.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(o,
                    odd);
            even.add(b).max(floor).intoArray(y, yo + c * ldy);
            odds.add(b).max(floor).intoArray(y, yo + c * ldy + ldy);
        }
    }

    private static void strip4(int first, int end, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        int x1 = xo + ldx;
        int x2 = xo + 2 * ldx - 2;
        int x3 = xo + 3 * ldx - 2;
        VectorMask<Float> m1 = VectorMask.fromLong(S, 0b11L << 2);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b10101010);
        for (int c = first; c < end; c += 2) {
            FloatVector e = FloatVector.fromArray(S, x, xo + c);
            e = e.blend(FloatVector.fromArray(S, x, x2 + c), m1);
            FloatVector o = FloatVector.fromArray(S, x, x1 + c);
            o = o.blend(FloatVector.fromArray(S, x, x3 + c), m1);
            FloatVector even = e.blend(o.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
                    odd);
            FloatVector odds = e.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(o,
                    odd);
            even.intoArray(y, yo + c * ldy);
            odds.intoArray(y, yo + c * ldy + ldy);
        }
    }

    private static void in4(int first, int end, float[] x, int xo, int ldx, long at, long line) {
        MemorySegment inputs = OffHeapScratch.INPUTS;
        long last = OffHeapScratch.INPUT_BYTES - 1;
        int x1 = xo + ldx;
        int x2 = xo + 2 * ldx - 2;
        int x3 = xo + 3 * ldx - 2;
        VectorMask<Float> m1 = VectorMask.fromLong(S, 0b11L << 2);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b10101010);
        for (int c = first; c < end; c += 2) {
            FloatVector e = FloatVector.fromArray(S, x, xo + c);
            e = e.blend(FloatVector.fromArray(S, x, x2 + c), m1);
            FloatVector o = FloatVector.fromArray(S, x, x1 + c);
            o = o.blend(FloatVector.fromArray(S, x, x3 + c), m1);
            FloatVector even = e.blend(o.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
                    odd);
            FloatVector odds = e.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(o,
                    odd);
            long to = at + c * line;
            even.intoMemorySegment(inputs, to & last, ORDER);
            odds.intoMemorySegment(inputs, to + line & last, ORDER);
        }
    }

    private static void out4(int first, int end, long at, long line, float[] bias, int bo, float floor, float[] y, int
            yo, int ldy) {
        MemorySegment sums = OffHeapScratch.SUMS;
        long last = OffHeapScratch.SUM_BYTES - 1;
        VectorMask<Float> m1 = VectorMask.fromLong(S, 0b11L << 2);
        VectorMask<Float> odd = VectorMask.fromLong(S, 0b10101010);
        // adding -0 changes nothing
        FloatVector b = bias == null ? FloatVector.broadcast(S, -0f) : FloatVector.fromArray(S, bias, bo);
        for (int c = first; c < end; c += 2) {
            long from = at + c * 4L;
            FloatVector e = FloatVector.fromMemorySegment(S, sums, from & last, ORDER);
            e = e.blend(FloatVector.fromMemorySegment(S, sums, from + 2 * line - 8 & last, ORDER), m1);
            FloatVector o = FloatVector.fromMemorySegment(S, sums, from + line & last, ORDER);
            o = o.blend(FloatVector.fromMemorySegment(S, sums, from + 3 * line - 8 & last, ORDER), m1);
            FloatVector even = e.blend(o.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(),
                    odd);
            FloatVector odds = e.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(o,
                    odd);
            even.add(b).max(floor).intoArray(y, yo + c * ldy);
            odds.add(b).max(floor).intoArray(y, yo + c * ldy + ldy);
        }
    }

    /**
    * From arrays to arrays: {@code y[yo + c * ldy + r] = x[xo + r * ldx + c]}, at least two columns.
     */
    static void strip(int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        if (L == 8) {
            strip8(0, cols & -2, x, xo, ldx, y, yo, ldy);
            if ((cols & 1) != 0) {
                strip8(cols - 2, cols, x, xo, ldx, y, yo, ldy);
            }
        } else {
            strip4(0, cols & -2, x, xo, ldx, y, yo, ldy);
            if ((cols & 1) != 0) {
                strip4(cols - 2, cols, x, xo, ldx, y, yo, ldy);
            }
        }
    }

    /**
    * From an array to the inputs of {@link OffHeapScratch}: column c goes to byte {@code at + c * line}.
     */
    static void in(int cols, float[] x, int xo, int ldx, long at, long line) {
        if (L == 8) {
            in8(0, cols & -2, x, xo, ldx, at, line);
            if ((cols & 1) != 0) {
                in8(cols - 2, cols, x, xo, ldx, at, line);
            }
        } else {
            in4(0, cols & -2, x, xo, ldx, at, line);
            if ((cols & 1) != 0) {
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
            out8(0, cols & -2, at, line, bias, bo, floor, y, yo, ldy);
            if ((cols & 1) != 0) {
                out8(cols - 2, cols, at, line, bias, bo, floor, y, yo, ldy);
            }
        } else {
            out4(0, cols & -2, at, line, bias, bo, floor, y, yo, ldy);
            if ((cols & 1) != 0) {
                out4(cols - 2, cols, at, line, bias, bo, floor, y, yo, ldy);
            }
        }
    }
}

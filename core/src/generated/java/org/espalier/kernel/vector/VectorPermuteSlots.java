package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.SparseKernels;

/** Sums of one group of the permute layout, from zero; see {@link VectorSparsePermute}. */
final class VectorPermuteSlots {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int L = F.length();
    private static final long BYTES = F.vectorByteSize();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final MemorySegment INPUTS = OffHeapScratch.INPUTS;
    private static final MemorySegment SUMS = OffHeapScratch.SUMS;
    private static final long BASE = 0xffffL;

    private VectorPermuteSlots() {}

    /** All rows of a slot select from one window of two vectors. */
    static void shared(int from, int to, long[] bases, int[] indices, float[] values, int scratch) {
        long inputs = OffHeapScratch.inputs(scratch);
        long sums = OffHeapScratch.sums(scratch);
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        for (int s = from, w = from / 6 * (4 * L); s < to; s += 6, w += 4 * L) {
            IntVector i0 = IntVector.fromArray(I, indices, w);
            IntVector i1 = IntVector.fromArray(I, indices, w + L);
            IntVector i2 = IntVector.fromArray(I, indices, w + 2 * L);
            IntVector i3 = IntVector.fromArray(I, indices, w + 3 * L);
            long b = bases[s];
            int v = s * (4 * L);
            long at = inputs + ((b & BASE) << 2);
            IntVector x0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);
            IntVector x1 = IntVector.fromMemorySegment(I, INPUTS, at + BYTES, ORDER);
            s0 = i0.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            s1 = i1.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            s2 = i2.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            s3 = i3.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 1];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 1) * (4 * L);
            at = inputs + ((b & BASE) << 2);
            x0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);
            x1 = IntVector.fromMemorySegment(I, INPUTS, at + BYTES, ORDER);
            i0 = i0.lanewise(VectorOperators.LSHR, 5);
            s0 = i0.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 5);
            s1 = i1.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 5);
            s2 = i2.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 5);
            s3 = i3.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 2];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 2) * (4 * L);
            at = inputs + ((b & BASE) << 2);
            x0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);
            x1 = IntVector.fromMemorySegment(I, INPUTS, at + BYTES, ORDER);
            i0 = i0.lanewise(VectorOperators.LSHR, 5);
            s0 = i0.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 5);
            s1 = i1.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 5);
            s2 = i2.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 5);
            s3 = i3.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 3];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 3) * (4 * L);
            at = inputs + ((b & BASE) << 2);
            x0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);
            x1 = IntVector.fromMemorySegment(I, INPUTS, at + BYTES, ORDER);
            i0 = i0.lanewise(VectorOperators.LSHR, 5);
            s0 = i0.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 5);
            s1 = i1.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 5);
            s2 = i2.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 5);
            s3 = i3.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 4];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 4) * (4 * L);
            at = inputs + ((b & BASE) << 2);
            x0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);
            x1 = IntVector.fromMemorySegment(I, INPUTS, at + BYTES, ORDER);
            i0 = i0.lanewise(VectorOperators.LSHR, 5);
            s0 = i0.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 5);
            s1 = i1.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 5);
            s2 = i2.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 5);
            s3 = i3.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 5];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 5) * (4 * L);
            at = inputs + ((b & BASE) << 2);
            x0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);
            x1 = IntVector.fromMemorySegment(I, INPUTS, at + BYTES, ORDER);
            i0 = i0.lanewise(VectorOperators.LSHR, 5);
            s0 = i0.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 5);
            s1 = i1.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 5);
            s2 = i2.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 5);
            s3 = i3.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
        }
        s0.intoMemorySegment(SUMS, sums, ORDER);
        s1.intoMemorySegment(SUMS, sums + BYTES, ORDER);
        s2.intoMemorySegment(SUMS, sums + 2 * BYTES, ORDER);
        s3.intoMemorySegment(SUMS, sums + 3 * BYTES, ORDER);
    }

    /** The rows of each vector select from a window of their own, of one vector. */
    static void apart(int from, int to, long[] bases, int[] indices, float[] values, int scratch) {
        long inputs = OffHeapScratch.inputs(scratch);
        long sums = OffHeapScratch.sums(scratch);
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        for (int s = from, w = from / 8 * (4 * L); s < to; s += 8, w += 4 * L) {
            IntVector i0 = IntVector.fromArray(I, indices, w);
            IntVector i1 = IntVector.fromArray(I, indices, w + L);
            IntVector i2 = IntVector.fromArray(I, indices, w + 2 * L);
            IntVector i3 = IntVector.fromArray(I, indices, w + 3 * L);
            long b = bases[s];
            int v = s * (4 * L);
            s0 = i0.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            s1 = i1.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 16 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            if (b >>> 16 == SparseKernels.PERMUTE_END >>> 16) {
                break;
            }
            s2 = i2.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 32 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            s3 = i3.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 48) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 1];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 1) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 4);
            s0 = i0.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 4);
            s1 = i1.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 16 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 4);
            if (b >>> 16 == SparseKernels.PERMUTE_END >>> 16) {
                break;
            }
            s2 = i2.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 32 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 4);
            s3 = i3.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 48) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 2];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 2) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 4);
            s0 = i0.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 4);
            s1 = i1.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 16 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 4);
            if (b >>> 16 == SparseKernels.PERMUTE_END >>> 16) {
                break;
            }
            s2 = i2.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 32 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 4);
            s3 = i3.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 48) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 3];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 3) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 4);
            s0 = i0.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 4);
            s1 = i1.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 16 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 4);
            if (b >>> 16 == SparseKernels.PERMUTE_END >>> 16) {
                break;
            }
            s2 = i2.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 32 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 4);
            s3 = i3.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 48) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 4];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 4) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 4);
            s0 = i0.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 4);
            s1 = i1.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 16 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 4);
            if (b >>> 16 == SparseKernels.PERMUTE_END >>> 16) {
                break;
            }
            s2 = i2.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 32 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 4);
            s3 = i3.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 48) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 5];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 5) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 4);
            s0 = i0.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 4);
            s1 = i1.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 16 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 4);
            if (b >>> 16 == SparseKernels.PERMUTE_END >>> 16) {
                break;
            }
            s2 = i2.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 32 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 4);
            s3 = i3.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 48) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 6];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 6) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 4);
            s0 = i0.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 4);
            s1 = i1.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 16 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 4);
            if (b >>> 16 == SparseKernels.PERMUTE_END >>> 16) {
                break;
            }
            s2 = i2.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 32 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 4);
            s3 = i3.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 48) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 7];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 7) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 4);
            s0 = i0.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 4);
            s1 = i1.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 16 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 4);
            if (b >>> 16 == SparseKernels.PERMUTE_END >>> 16) {
                break;
            }
            s2 = i2.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 32 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 4);
            s3 = i3.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 48) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
        }
        s0.intoMemorySegment(SUMS, sums, ORDER);
        s1.intoMemorySegment(SUMS, sums + BYTES, ORDER);
        s2.intoMemorySegment(SUMS, sums + 2 * BYTES, ORDER);
        s3.intoMemorySegment(SUMS, sums + 3 * BYTES, ORDER);
    }

    /** All rows of a vector have the same column. */
    static void broadcast(int from, int to, long[] bases, float[] values, int scratch) {
        long inputs = OffHeapScratch.inputs(scratch);
        long sums = OffHeapScratch.sums(scratch);
        FloatVector s0 = FloatVector.zero(F);
        FloatVector s1 = FloatVector.zero(F);
        FloatVector s2 = FloatVector.zero(F);
        FloatVector s3 = FloatVector.zero(F);
        for (int s = from; s < to; s += 4) {
            long b = bases[s];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            int v = s * (4 * L);
            float x0_0 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b & BASE) << 2));
            s0 = FloatVector.broadcast(F, x0_0).fma(FloatVector.fromArray(F, values, v), s0);
            float x0_1 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b >>> 16 & BASE) << 2));
            s1 = FloatVector.broadcast(F, x0_1).fma(FloatVector.fromArray(F, values, v + L), s1);
            float x0_2 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b >>> 32 & BASE) << 2));
            s2 = FloatVector.broadcast(F, x0_2).fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            float x0_3 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b >>> 48) << 2));
            s3 = FloatVector.broadcast(F, x0_3).fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 1];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 1) * (4 * L);
            float x1_0 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b & BASE) << 2));
            s0 = FloatVector.broadcast(F, x1_0).fma(FloatVector.fromArray(F, values, v), s0);
            float x1_1 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b >>> 16 & BASE) << 2));
            s1 = FloatVector.broadcast(F, x1_1).fma(FloatVector.fromArray(F, values, v + L), s1);
            float x1_2 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b >>> 32 & BASE) << 2));
            s2 = FloatVector.broadcast(F, x1_2).fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            float x1_3 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b >>> 48) << 2));
            s3 = FloatVector.broadcast(F, x1_3).fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 2];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 2) * (4 * L);
            float x2_0 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b & BASE) << 2));
            s0 = FloatVector.broadcast(F, x2_0).fma(FloatVector.fromArray(F, values, v), s0);
            float x2_1 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b >>> 16 & BASE) << 2));
            s1 = FloatVector.broadcast(F, x2_1).fma(FloatVector.fromArray(F, values, v + L), s1);
            float x2_2 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b >>> 32 & BASE) << 2));
            s2 = FloatVector.broadcast(F, x2_2).fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            float x2_3 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b >>> 48) << 2));
            s3 = FloatVector.broadcast(F, x2_3).fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            b = bases[s + 3];
            if (b == SparseKernels.PERMUTE_END) {
                break;
            }
            v = (s + 3) * (4 * L);
            float x3_0 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b & BASE) << 2));
            s0 = FloatVector.broadcast(F, x3_0).fma(FloatVector.fromArray(F, values, v), s0);
            float x3_1 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b >>> 16 & BASE) << 2));
            s1 = FloatVector.broadcast(F, x3_1).fma(FloatVector.fromArray(F, values, v + L), s1);
            float x3_2 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b >>> 32 & BASE) << 2));
            s2 = FloatVector.broadcast(F, x3_2).fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            float x3_3 = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + ((b >>> 48) << 2));
            s3 = FloatVector.broadcast(F, x3_3).fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
        }
        s0.intoMemorySegment(SUMS, sums, ORDER);
        s1.intoMemorySegment(SUMS, sums + BYTES, ORDER);
        s2.intoMemorySegment(SUMS, sums + 2 * BYTES, ORDER);
        s3.intoMemorySegment(SUMS, sums + 3 * BYTES, ORDER);
    }
}

package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
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
        for (int s = from; s < to; s += 4) {
            IntVector i0 = IntVector.fromArray(I, indices, s * L);
            IntVector i1 = IntVector.fromArray(I, indices, s * L + L);
            IntVector i2 = IntVector.fromArray(I, indices, s * L + 2 * L);
            IntVector i3 = IntVector.fromArray(I, indices, s * L + 3 * L);
            long b = bases[s];
            long at = inputs + ((b & BASE) << 2);
            IntVector x0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);
            IntVector x1 = IntVector.fromMemorySegment(I, INPUTS, at + BYTES, ORDER);
            int v = s * (4 * L);
            s0 = i0.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            s1 = i1.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            s2 = i2.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            s3 = i3.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            if (b == SparseKernels.PERMUTE_NEVER) {
                break;
            }
            b = bases[s + 1];
            at = inputs + ((b & BASE) << 2);
            x0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);
            x1 = IntVector.fromMemorySegment(I, INPUTS, at + BYTES, ORDER);
            v = (s + 1) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 8);
            s0 = i0.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 8);
            s1 = i1.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 8);
            s2 = i2.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 8);
            s3 = i3.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            if (b == SparseKernels.PERMUTE_NEVER) {
                break;
            }
            b = bases[s + 2];
            at = inputs + ((b & BASE) << 2);
            x0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);
            x1 = IntVector.fromMemorySegment(I, INPUTS, at + BYTES, ORDER);
            v = (s + 2) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 8);
            s0 = i0.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 8);
            s1 = i1.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 8);
            s2 = i2.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 8);
            s3 = i3.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            if (b == SparseKernels.PERMUTE_NEVER) {
                break;
            }
            b = bases[s + 3];
            at = inputs + ((b & BASE) << 2);
            x0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);
            x1 = IntVector.fromMemorySegment(I, INPUTS, at + BYTES, ORDER);
            v = (s + 3) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 8);
            s0 = i0.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 8);
            s1 = i1.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 8);
            s2 = i2.selectFrom(x0, x1).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 8);
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
        for (int s = from; s < to; s += 4) {
            IntVector i0 = IntVector.fromArray(I, indices, s * L);
            IntVector i1 = IntVector.fromArray(I, indices, s * L + L);
            IntVector i2 = IntVector.fromArray(I, indices, s * L + 2 * L);
            IntVector i3 = IntVector.fromArray(I, indices, s * L + 3 * L);
            long b = bases[s];
            int v = s * (4 * L);
            s0 = i0.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            s1 = i1.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 16 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            if (b >>> 16 == SparseKernels.PERMUTE_NEVER >>> 16) {
                break;
            }
            s2 = i2.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 32 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            s3 = i3.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 48) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            if (b == SparseKernels.PERMUTE_NEVER) {
                break;
            }
            b = bases[s + 1];
            v = (s + 1) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 8);
            s0 = i0.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 8);
            s1 = i1.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 16 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 8);
            if (b >>> 16 == SparseKernels.PERMUTE_NEVER >>> 16) {
                break;
            }
            s2 = i2.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 32 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 8);
            s3 = i3.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 48) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            if (b == SparseKernels.PERMUTE_NEVER) {
                break;
            }
            b = bases[s + 2];
            v = (s + 2) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 8);
            s0 = i0.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 8);
            s1 = i1.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 16 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 8);
            if (b >>> 16 == SparseKernels.PERMUTE_NEVER >>> 16) {
                break;
            }
            s2 = i2.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 32 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 8);
            s3 = i3.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 48) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            if (b == SparseKernels.PERMUTE_NEVER) {
                break;
            }
            b = bases[s + 3];
            v = (s + 3) * (4 * L);
            i0 = i0.lanewise(VectorOperators.LSHR, 8);
            s0 = i0.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v), s0);
            i1 = i1.lanewise(VectorOperators.LSHR, 8);
            s1 = i1.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 16 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + L), s1);
            i2 = i2.lanewise(VectorOperators.LSHR, 8);
            if (b >>> 16 == SparseKernels.PERMUTE_NEVER >>> 16) {
                break;
            }
            s2 = i2.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 32 & BASE) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
            i3 = i3.lanewise(VectorOperators.LSHR, 8);
            s3 = i3.selectFrom(IntVector.fromMemorySegment(I, INPUTS, inputs + ((b >>> 48) << 2),
                    ORDER)).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
        }
        s0.intoMemorySegment(SUMS, sums, ORDER);
        s1.intoMemorySegment(SUMS, sums + BYTES, ORDER);
        s2.intoMemorySegment(SUMS, sums + 2 * BYTES, ORDER);
        s3.intoMemorySegment(SUMS, sums + 3 * BYTES, ORDER);
    }
}

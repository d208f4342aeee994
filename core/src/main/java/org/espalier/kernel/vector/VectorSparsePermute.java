package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.SparseKernels;

/**
 * The permute layout on vectors of 16 lanes: 64 rows in the lanes of four sums, the 32 inputs of a window in two
 * registers, and per slot one selection among them by the rows' indices and one multiply-add, so nothing is gathered
 * from memory. Four sums, since each waits for its last multiply-add. The inputs are selected as ints: the float form
 * converts its indices first.
 */
final class VectorSparsePermute {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final VectorSpecies<Byte> B = ByteVector.SPECIES_128;
    private static final int L = 16;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int ROWS = SparseKernels.PERMUTE_ROWS;
    private static final MemorySegment INPUTS = OffHeapScratch.INPUTS;
    private static final MemorySegment SUMS = OffHeapScratch.SUMS;
    private static final long STEP_BYTES = SparseKernels.PERMUTE_STEP * Float.BYTES;

    /** Steps whose inputs fit in a slot: a power of two less one. */
    static final int LAST_STEP = 4 * SparseKernels.CSR_COLUMNS - 1;

    private VectorSparsePermute() {}

    /**
     * Writes activation(sum + bias) of the places [from, to) to their rows of y, where the activation is a maximum. The
     * inputs are those of a slot, one after the other and then zeros enough for a window.
     */
    static void sums(int slot, SparseKernels.Permute w, int from, int to, float[] bias, float floor, float[] y,
            int yo) {
        int[] order = w.order();
        int[] slots = w.slots();
        char[] steps = w.steps();
        byte[] indices = w.indices();
        float[] values = w.values();
        long inputs = OffHeapScratch.inputs(slot);
        long sums = OffHeapScratch.sums(slot);
        for (int place = from; place < to; place += ROWS) {
            FloatVector s0 = FloatVector.zero(F);
            FloatVector s1 = FloatVector.zero(F);
            FloatVector s2 = FloatVector.zero(F);
            FloatVector s3 = FloatVector.zero(F);
            int end = slots[place / ROWS + 1];
            for (int s = slots[place / ROWS]; s < end; s++) {
                long at = inputs + (steps[s] & LAST_STEP) * STEP_BYTES;
                IntVector x0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);
                IntVector x1 = IntVector.fromMemorySegment(I, INPUTS, at + STEP_BYTES, ORDER);
                int v = s * ROWS;
                IntVector i0 = (IntVector) ByteVector.fromArray(B, indices, v).castShape(I, 0);
                IntVector i1 = (IntVector) ByteVector.fromArray(B, indices, v + L).castShape(I, 0);
                IntVector i2 = (IntVector) ByteVector.fromArray(B, indices, v + 2 * L).castShape(I, 0);
                IntVector i3 = (IntVector) ByteVector.fromArray(B, indices, v + 3 * L).castShape(I, 0);
                FloatVector v0 = i0.selectFrom(x0, x1).reinterpretAsFloats();
                FloatVector v1 = i1.selectFrom(x0, x1).reinterpretAsFloats();
                FloatVector v2 = i2.selectFrom(x0, x1).reinterpretAsFloats();
                FloatVector v3 = i3.selectFrom(x0, x1).reinterpretAsFloats();
                s0 = v0.fma(FloatVector.fromArray(F, values, v), s0);
                s1 = v1.fma(FloatVector.fromArray(F, values, v + L), s1);
                s2 = v2.fma(FloatVector.fromArray(F, values, v + 2 * L), s2);
                s3 = v3.fma(FloatVector.fromArray(F, values, v + 3 * L), s3);
            }
            s0.intoMemorySegment(SUMS, sums, ORDER);
            s1.intoMemorySegment(SUMS, sums + STEP_BYTES, ORDER);
            s2.intoMemorySegment(SUMS, sums + 2 * STEP_BYTES, ORDER);
            s3.intoMemorySegment(SUMS, sums + 3 * STEP_BYTES, ORDER);
            for (int lane = 0; lane < Math.min(ROWS, to - place); lane++) {
                int row = order[place + lane];
                float sum = SUMS.get(ValueLayout.JAVA_FLOAT, sums + lane * 4L);
                // adding −0 changes nothing
                y[yo + row] = Math.max(sum + (bias == null ? -0f : bias[row]), floor);
            }
        }
    }
}

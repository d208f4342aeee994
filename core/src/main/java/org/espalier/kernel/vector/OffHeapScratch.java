package org.espalier.kernel.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.SparseKernels;

/**
 * Where sparse products keep a block of inputs, [columns × samples], and sums or gradients, [rows × samples]: outside
 * the heap and on cache lines, since a load across two of them costs two, and in segments that are constants. Loops
 * mask their offsets to what the segments hold; so the compiler sees that no access can be out of bounds and leaves out
 * every check, which would otherwise be three of four instructions. A call leases one of a constant number of slots;
 * there are at least as many as processors. Allocated with the first product that needs it, and kept.
 */
final class OffHeapScratch {
    /** Rows whose sums fit in a slot. */
    static final int ROWS = 1024;

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final long BYTES = (long) S.length() * Float.BYTES;

    /** From a row or column to the offset of its samples, where they fill a number of vectors. */
    static final int ONE = Long.numberOfTrailingZeros(BYTES);
    static final int TWO = ONE + 1;
    static final int FOUR = ONE + 2;
    static final int EIGHT = ONE + 3;

    /** At least as many as processors, a power of two. */
    private static final int SLOTS =
            Integer.highestOneBit(2 * Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 32) - 1);

    private static final long WAIT_NANOS = 10_000;

    /** Half a slot holds the inputs that are summed up together, the other half gradients of as many rows. */
    private static final int INPUTS_SHIFT = Integer.numberOfTrailingZeros(
            2 * SparseKernels.CSR_COLUMNS * SparseKernels.SDDMM_SAMPLES * Float.BYTES);

    /** A slot of sums holds 64 samples of each row. */
    private static final int SUMS_SHIFT = Integer.numberOfTrailingZeros(64 * Float.BYTES * ROWS);

    static final long INPUT_BYTES = (long) SLOTS << INPUTS_SHIFT;
    static final long SUM_BYTES = (long) SLOTS << SUMS_SHIFT;

    /** The slots, and some vectors more: what is read together may begin with the last. */
    static final MemorySegment INPUTS = allocate(INPUT_BYTES + 8 * BYTES);

    static final MemorySegment SUMS = allocate(SUM_BYTES + BYTES);

    /** Whether the host granted the memory: otherwise there are no slots, and scalar kernels must answer. */
    static final boolean AVAILABLE = INPUTS.byteSize() > 0 && SUMS.byteSize() > 0;

    /** A bit for each slot that is leased. */
    private static final AtomicLong LEASED = new AtomicLong();

    private OffHeapScratch() {}

    private static MemorySegment allocate(long bytes) {
        try {
            return Arena.global().allocate(bytes, 64);
        } catch (RuntimeException | OutOfMemoryError refused) {
            return MemorySegment.NULL;
        }
    }

    /** A slot for the caller alone; waits for another call's end if more threads than processors are multiplying. */
    static int lease() {
        while (true) {
            long leased = LEASED.get();
            int slot = Long.numberOfTrailingZeros(~leased);
            if (slot >= SLOTS) {
                LockSupport.parkNanos(WAIT_NANOS);
            } else if (LEASED.compareAndSet(leased, leased | 1L << slot)) {
                return slot;
            }
        }
    }

    static void release(int slot) {
        LEASED.getAndUpdate(leased -> leased & ~(1L << slot));
    }

    /** The byte of {@link #INPUTS} that a slot begins at. */
    static long inputs(int slot) {
        return (long) (slot & SLOTS - 1) << INPUTS_SHIFT;
    }

    /** The byte of {@link #INPUTS} where a slot's gradients begin. */
    static long gradients(int slot) {
        return inputs(slot) + (1L << INPUTS_SHIFT - 1);
    }

    /** The byte of {@link #SUMS} that a slot begins at. */
    static long sums(int slot) {
        return (long) (slot & SLOTS - 1) << SUMS_SHIFT;
    }

    /** Sets the sums of some rows to +0. */
    static void clear(int slot, int rows, int vectors) {
        long sums = sums(slot);
        for (int i = 0; i < rows * vectors; i++) {
            FloatVector.zero(S).intoMemorySegment(SUMS, sums + i * BYTES, ByteOrder.nativeOrder());
        }
    }
}

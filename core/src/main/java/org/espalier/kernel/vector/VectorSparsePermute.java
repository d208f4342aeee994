package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import org.espalier.kernel.SparseKernels;

/**
 * The permute layout: the rows of a group in the lanes of four sums, the inputs of a window in registers, and per slot
 * one selection among them by the rows' indices and one multiply-add, so nothing is gathered from memory. The inputs
 * are selected as ints: the float form converts its indices first.
 *
 * <p>With 16 lanes two registers hold a window of 32 columns, which all four sums share: one instruction selects from
 * both. With 8 or 4 lanes it would take three, so a window is one register, and each sum has its own: that takes more
 * loads, but fewer slots. Where all rows of a vector have the same columns, as in blocks, an input is broadcast.
 */
final class VectorSparsePermute {
    private static final int L = FloatVector.SPECIES_PREFERRED.length();
    private static final int ROWS = SparseKernels.PERMUTE_VECTORS * L;
    private static final MemorySegment SUMS = OffHeapScratch.SUMS;

    private VectorSparsePermute() {}

    /**
     * Writes activation(sum + bias) of the places [from, to) to their rows of y, where the activation is a maximum. The
     * inputs are those of a slot, one after the other and then zeros enough for a window.
     */
    static void sums(int slot, SparseKernels.Permute w, int from, int to, float[] bias, float floor, float[] y,
            int yo) {
        long sums = OffHeapScratch.sums(slot);
        int[] order = w.order();
        int[] slots = w.slots();
        for (int place = from; place < to; place += ROWS) {
            int group = place / ROWS;
            if (w.indices().length == 0) {
                VectorPermuteSlots.broadcast(slots[group], slots[group + 1], w.bases(), w.values(), slot);
            } else if (L == 16) {
                VectorPermuteSlots.shared(slots[group], slots[group + 1], w.bases(), w.indices(), w.values(), slot);
            } else {
                VectorPermuteSlots.apart(slots[group], slots[group + 1], w.bases(), w.indices(), w.values(), slot);
            }
            for (int lane = 0; lane < Math.min(ROWS, to - place); lane++) {
                int row = order[place + lane];
                float sum = SUMS.get(ValueLayout.JAVA_FLOAT, sums + lane * 4L);
                // adding −0 changes nothing
                y[yo + row] = Math.max(sum + (bias == null ? -0f : bias[row]), floor);
            }
        }
    }
}

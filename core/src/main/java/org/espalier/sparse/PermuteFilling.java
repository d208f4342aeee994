package org.espalier.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.espalier.kernel.SparseKernels;

/**
 * Fills the arrays of the permute layout.
 *
 * <p>A window begins at the first column that any of its rows has not had yet. So rows fill few slots if their entries
 * lie close together, and of the rows with the most entries left, a vector takes those that add the fewest slots. With
 * 16 lanes, where 64 rows share a window, choosing them gains little and is not done. Cost: the entries, times the
 * candidates for a place in a vector.
 */
final class PermuteFilling {
    private static final int VECTORS = SparseKernels.PERMUTE_VECTORS;

    /** Rows that are tried for a place in a vector, at most. */
    private static final int CANDIDATES = 16;

    /** Entries times candidates, at most: choosing takes 0.1 s then. */
    private static final int EFFORT = 1 << 21;

    /** A column behind all others. */
    private static final int NONE = Integer.MAX_VALUE;

    /** Rows of a vector, and the slots that they take. */
    private record Lanes(int[] rows, int slots) {}

    private final int lanes;
    private final int window;
    private final int together;
    private final int rowsOfGroup;
    private final int[] offsets;
    private final int[] columns;
    private final float[] entries;

    /** Of each row of a sweep: its next entry and that one's column. */
    private final int[] next;
    private final int[] column;

    private long[] bases = new long[0];
    private int[] indices = new int[0];
    private float[] values = new float[0];

    private PermuteFilling(int lanes, int[] counts, int cols, float[] elements) {
        this.lanes = lanes;
        window = SparseKernels.Permute.window(lanes);
        together = SparseKernels.Permute.together(lanes);
        rowsOfGroup = VECTORS * lanes;
        next = new int[rowsOfGroup];
        column = new int[rowsOfGroup];
        offsets = new int[counts.length + 1];
        for (int row = 0; row < counts.length; row++) {
            offsets[row + 1] = offsets[row] + counts[row];
        }
        columns = new int[offsets[counts.length]];
        entries = new float[columns.length];
        for (int i = 0, p = 0; i < elements.length; i++) {
            if (elements[i] != 0) {
                columns[p] = i % cols;
                entries[p++] = elements[i];
            }
        }
    }

    /**
     * The layout of a matrix for vectors of 4, 8 or 16 lanes.
     *
     * @param counts how many elements of each row are not zero
     */
    static SparseKernels.Permute fill(int lanes, int[] counts, int cols, float[] elements) {
        var filling = new PermuteFilling(lanes, counts, cols, elements);
        int[] order = Offsets.descending(counts);
        if (filling.window == lanes) {
            order = filling.choose(order);
        }
        var slots = new int[Math.ceilDiv(order.length, filling.rowsOfGroup) + 1];
        for (int g = 0; g < slots.length - 1; g++) {
            slots[g + 1] = filling.group(order, g * filling.rowsOfGroup, slots[g]);
        }
        filling.room(slots[slots.length - 1]);
        boolean broadcast = filling.window == lanes && Arrays.stream(filling.indices).allMatch(i -> i == 0);
        return new SparseKernels.Permute(
                lanes, order, slots, filling.bases, broadcast ? new int[0] : filling.indices, filling.values);
    }

    /** Puts rows together in vectors, and vectors of as many slots in groups; a vector that is not full comes last. */
    private int[] choose(int[] order) {
        int candidates = Math.clamp(EFFORT / Math.max(1, columns.length), 1, CANDIDATES);
        int[] left = order.clone();
        List<Lanes> full = new ArrayList<>();
        int begin = 0;
        for (; begin + lanes <= left.length; begin += lanes) {
            for (int n = 1; n < lanes && candidates > 1; n++) {
                moveTo(left, fitting(left, begin, n, candidates), begin + n);
            }
            full.add(new Lanes(Arrays.copyOfRange(left, begin, begin + lanes), slots(left, begin, lanes, NONE)));
        }
        full.sort(Comparator.comparingInt(Lanes::slots).reversed());
        for (int i = 0; i < full.size(); i++) {
            System.arraycopy(full.get(i).rows(), 0, left, i * lanes, lanes);
        }
        return left;
    }

    /** Where the row is, of some that are left, that adds the fewest slots to the n rows of a vector. */
    private int fitting(int[] left, int begin, int n, int candidates) {
        int place = begin + n;
        int best = place;
        int slots = NONE;
        for (int i = place; i < Math.min(left.length, place + candidates); i++) {
            swap(left, place, i);
            int needed = slots(left, begin, n + 1, slots);
            swap(left, place, i);
            if (needed < slots) {
                slots = needed;
                best = i;
            }
        }
        return best;
    }

    private static void swap(int[] rows, int a, int b) {
        int row = rows[a];
        rows[a] = rows[b];
        rows[b] = row;
    }

    /** Moves a row forward to a place; those between keep their order. */
    private static void moveTo(int[] rows, int from, int place) {
        int row = rows[from];
        System.arraycopy(rows, place, rows, place + 1, from - place);
        rows[place] = row;
    }

    /** The slots that some rows take together, or {@code limit} if they take more. */
    private int slots(int[] order, int place, int rows, int limit) {
        begin(order, place, rows);
        int slots = 0;
        for (int base = least(rows); base != NONE && slots < limit; base = least(rows)) {
            for (int i = 0; i < rows; i++) {
                if (column[i] < base + window) {
                    step(i, order[place + i]);
                }
            }
            slots++;
        }
        return slots;
    }

    private void begin(int[] order, int place, int rows) {
        for (int i = 0; i < rows; i++) {
            next[i] = offsets[order[place + i]] - 1;
            step(i, order[place + i]);
        }
    }

    private void step(int i, int row) {
        next[i]++;
        column[i] = next[i] < offsets[row + 1] ? columns[next[i]] : NONE;
    }

    /** The first column that any of some rows has an entry in. */
    private int least(int rows) {
        int least = NONE;
        for (int i = 0; i < rows; i++) {
            least = Math.min(least, column[i]);
        }
        return least;
    }

    private void room(int slots) {
        bases = Arrays.copyOf(bases, slots);
        indices = Arrays.copyOf(indices, slots / together * rowsOfGroup);
        values = Arrays.copyOf(values, slots * rowsOfGroup);
    }

    /** Fills the slots of the group whose first row has a place; returns the first slot of the next one. */
    private int group(int[] order, int place, int first) {
        int end = first;
        int step = window == lanes ? lanes : rowsOfGroup;
        for (int row = 0; row < Math.min(rowsOfGroup, order.length - place); row += step) {
            end = Math.max(end, windows(order, place, row, Math.min(step, order.length - place - row), first));
        }
        int whole = Math.ceilDiv(end, together) * together;
        Arrays.fill(bases, end, whole, SparseKernels.PERMUTE_END);
        return whole;
    }

    /** Fills some rows of a group that share their windows; returns the slot after their last one. */
    private int windows(int[] order, int place, int from, int rows, int first) {
        begin(order, place + from, rows);
        int slot = first;
        for (int base = least(rows); base != NONE; base = least(rows)) {
            if (slot == bases.length) {
                room(Math.max(2 * slot, slot + together) / together * together);
            }
            int vectors = window == lanes ? 1 : VECTORS;
            for (int vector = from / lanes; vector < from / lanes + vectors; vector++) {
                bases[slot] |= (long) base << Character.SIZE * vector;
            }
            for (int i = 0; i < rows; i++) {
                if (column[i] < base + window) {
                    int row = from + i;
                    values[slot * rowsOfGroup + row] = entries[next[i]];
                    indices[slot / together * rowsOfGroup + row] |= column[i] - base
                            << SparseKernels.Permute.bits(lanes) * (slot % together);
                    step(i, order[place + row]);
                }
            }
            slot++;
        }
        return slot;
    }
}

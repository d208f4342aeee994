package org.espalier.sparse;

import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/** What every layout of compressed rows must obey. */
final class Offsets {
    private Offsets() {}

    /** Checks that rows are in order, and columns in range and ascending within a row. */
    static void check(String layout, int[] offsets, int[] columns, int cols) {
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != columns.length) {
            throw new ShapeException(
                    layout + ": the offsets must go from 0 to the number of columns given, " + columns.length);
        }
        for (int r = 1; r < offsets.length; r++) {
            if (offsets[r] < offsets[r - 1] || offsets[r] > columns.length) {
                throw new IllegalArgumentException(
                        layout + ": row " + (r - 1) + " goes from entry " + offsets[r - 1] + " to " + offsets[r]);
            }
            for (int p = offsets[r - 1]; p < offsets[r]; p++) {
                int before = p == offsets[r - 1] ? -1 : columns[p - 1];
                if (columns[p] <= before || columns[p] >= cols) {
                    throw new IllegalArgumentException(layout + ": row " + (r - 1) + " has column " + columns[p]
                            + " after " + before + ", of " + cols + "; columns must ascend");
                }
            }
        }
    }

    static void requireMatrix(String layout, Tensor dense) {
        if (dense.rank() != 2) {
            throw new ShapeException(layout + ": needs a matrix [rows, cols], not " + dense.shape());
        }
    }

    /** How many elements of each row are not zero (NaN is not). */
    static int[] entries(int rows, int cols, float[] elements) {
        var counts = new int[rows];
        for (int i = 0; i < elements.length; i++) {
            counts[i / cols] += elements[i] != 0 ? 1 : 0;
        }
        return counts;
    }

    /** Rows in descending order of their counts, those of the same count as they stand. */
    static int[] descending(int[] counts) {
        int most = 0;
        for (int count : counts) {
            most = Math.max(most, count);
        }
        // by counting, the place of the next row of each count
        var next = new int[most + 2];
        for (int count : counts) {
            next[most - count + 1]++;
        }
        for (int i = 1; i < next.length; i++) {
            next[i] += next[i - 1];
        }
        var order = new int[counts.length];
        for (int row = 0; row < counts.length; row++) {
            order[next[most - counts[row]]++] = row;
        }
        return order;
    }
}

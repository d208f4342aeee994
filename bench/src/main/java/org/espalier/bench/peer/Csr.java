package org.espalier.bench.peer;

import java.util.Arrays;

/**
 * Compressed sparse rows, for the peers.
 *
 * @param rowStarts where each row begins among the values, and where the last ends
 * @param columns the column of each value
 * @param values the values that are not zero
 */
record Csr(int[] rowStarts, int[] columns, float[] values) {
    static Csr of(int rows, int cols, float[] dense) {
        var starts = new int[rows + 1];
        var columns = new int[dense.length];
        var values = new float[dense.length];
        int count = 0;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < cols; c++) {
                if (dense[r * cols + c] != 0) {
                    columns[count] = c;
                    values[count++] = dense[r * cols + c];
                }
            }
            starts[r + 1] = count;
        }
        return new Csr(starts, Arrays.copyOf(columns, count), Arrays.copyOf(values, count));
    }
}

package org.espalier.nn.step;

import java.util.Arrays;
import java.util.List;

/**
 * Steps and merges wired as a graph. Each value has a buffer until its last reader is done; the last value goes to the
 * output.
 */
final class GraphStep implements Step {
    private static final int INPUT = -1;

    /**
     * What makes one value of others.
     *
     * @param step what makes it of one, or null
     * @param merge what makes it of several, or null
     * @param inputs the numbers of the values read; 0 is the graph's input
     * @param widths for a merge, numbers in a vector of each input
     * @param value the number of the value made, greater than those read
     * @param vectors vectors in a sample of it
     * @param width numbers in each vector
     */
    record Operation(Step step, Merge merge, int[] inputs, int[] widths, int value, int vectors, int width) {
        int size() {
            return vectors * width;
        }
    }

    private final Operation[] operations;
    private final int in;
    private final int[] buffer;
    private final int[] sizes;

    /** The operations in order, the output's last. */
    GraphStep(List<Operation> operations) {
        this.operations = operations.toArray(new Operation[0]);
        int last = operations.size() - 1;
        int values = this.operations[last].value + 1;
        int width = 0;
        var lastReader = new int[values];
        for (int i = 0; i <= last; i++) {
            var operation = this.operations[i];
            for (int k = 0; k < operation.inputs.length; k++) {
                lastReader[operation.inputs[k]] = i;
                if (operation.inputs[k] == 0) {
                    width = operation.step == null
                            ? operation.widths[k] * operation.vectors
                            : operation.step.in();
                }
            }
        }
        this.in = width;
        this.buffer = new int[values];
        this.sizes = allot(lastReader);
    }

    /** Gives each value a buffer, that of a value which is not read any more if there is one; returns their sizes. */
    private int[] allot(int[] lastReader) {
        var taken = new int[operations.length];
        var largest = new int[operations.length];
        Arrays.fill(taken, INPUT);
        int count = 0;
        buffer[0] = INPUT;
        for (int i = 0; i < operations.length - 1; i++) {
            int value = operations[i].value;
            int free = 0;
            while (taken[free] != INPUT && lastReader[taken[free]] >= i) {
                free++;
            }
            taken[free] = value;
            buffer[value] = free;
            largest[free] = Math.max(largest[free], operations[i].size());
            count = Math.max(count, free + 1);
        }
        return Arrays.copyOf(largest, count);
    }

    static int size(int... shape) {
        int size = 1;
        for (int dim : shape) {
            size = Math.multiplyExact(size, dim);
        }
        return size;
    }

    @Override
    public int in() {
        return in;
    }

    @Override
    public int out() {
        return operations[operations.length - 1].size();
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (var operation : operations) {
            bytes += operation.step == null ? 0 : operation.step.bytes();
        }
        return bytes;
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        int first = workspace.taken();
        for (int size : sizes) {
            workspace.take(rows * size);
        }
        for (int i = 0; i < operations.length; i++) {
            var operation = operations[i];
            boolean last = i == operations.length - 1;
            var to = last ? y : workspace.at(first + buffer[operation.value]);
            int start = last ? yo : 0;
            int at = 0;
            for (int k = 0; k < operation.inputs.length; k++) {
                int input = operation.inputs[k];
                var from = input == 0 ? x : workspace.at(first + buffer[input]);
                int begin = input == 0 ? xo : 0;
                if (operation.step != null) {
                    operation.step.apply(from, begin, rows, to, start, workspace);
                } else {
                    int vectors = rows * operation.vectors;
                    int width = operation.widths[k];
                    operation.merge.accept(k, from, begin, vectors, width, to, start, operation.width, at);
                    at += width;
                }
            }
        }
        for (int i = 0; i < sizes.length; i++) {
            workspace.release();
        }
    }

    /** For example {@code graph(2 = dense(3 → 3, NONE)[0], 3 = SUM[0, 2])}. */
    @Override
    public String toString() {
        var text = new StringBuilder("graph(");
        for (var operation : operations) {
            text.append(operation == operations[0] ? "" : ", ").append(operation.value).append(" = ");
            text.append(operation.step == null ? operation.merge : operation.step);
            text.append(Arrays.toString(operation.inputs));
        }
        return text.append(")").toString();
    }
}

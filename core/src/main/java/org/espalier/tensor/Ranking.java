package org.espalier.tensor;

import java.util.Arrays;

/** Orders the elements along an axis. NaN has no rank, so it is refused. */
public final class Ranking {
    /** How many of the largest are found by insertion; more are found by sorting. */
    private static final int FEW = 32;

    private Ranking() {}

    /**
     * The k largest along an axis, largest first.
     *
     * @param values in the shape of the tensor, but with size k along the axis
     * @param indices where each value stood along the axis, in the row-major order of the values
     */
    public record TopK(Tensor values, int[] indices) {}

    static TopK largest(String op, Tensor x, int k, int axis) {
        // A scalar is a row of one.
        var shape = x.rank() == 0 ? Shape.of(1) : x.shape();
        int along = shape.axis(op, axis);
        int n = shape.dim(along);
        if (k < 1 || k > n) {
            throw ShapeException.of(op, "cannot take " + k + " of " + n + " along axis " + along, x.shape());
        }
        int inner = shape.span(along + 1, shape.rank());
        var values = new float[x.size() / n * k];
        var indices = new int[values.length];
        var order = new int[k];
        for (int at = 0; at < values.length; at++) {
            int column = at / inner / k * n * inner + at % inner;
            if (at / inner % k == 0) {
                select(op, x.array(), column, inner, n, order);
                for (int i = 0; i < k; i++) {
                    indices[at + i * inner] = order[i];
                    values[at + i * inner] = x.array()[column + order[i] * inner];
                }
            }
        }
        return new TopK(Storage.adopt(x.rank() == 0 ? x.shape() : shape.with(along, k), values), indices);
    }

    /** The indices of the largest; of equal values the one with the lower index comes first. */
    private static void select(String op, float[] x, int from, int stride, int n, int[] order) {
        for (int i = 0; i < n; i++) {
            if (Float.isNaN(x[from + i * stride])) {
                throw new IllegalArgumentException(op + ": NaN at index " + i + " of a row has no rank");
            }
        }
        if (order.length > FEW) {
            sort(x, from, stride, n, order);
        } else {
            insert(x, from, stride, n, order);
        }
    }

    /** Insertion into a short sorted list. */
    private static void insert(float[] x, int from, int stride, int n, int[] order) {
        int found = 0;
        for (int i = 0; i < n; i++) {
            float value = x[from + i * stride];
            if (found == order.length && value <= x[from + order[found - 1] * stride]) {
                continue;
            }
            int at = found < order.length ? found++ : found - 1;
            while (at > 0 && x[from + order[at - 1] * stride] < value) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
    }

    /** Sorts numbers that have the value, largest first, in their upper half and the index in the lower. */
    private static void sort(float[] x, int from, int stride, int n, int[] order) {
        var keys = new long[n];
        for (int i = 0; i < n; i++) {
            // Adding 0 makes −0 and +0 the same.
            int bits = Float.floatToRawIntBits(x[from + i * stride] + 0f);
            int ascending = bits ^ bits >> 31 & Integer.MAX_VALUE;
            keys[i] = (long) ~ascending << 32 | i;
        }
        Arrays.sort(keys);
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }
    }
}

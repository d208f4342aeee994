package org.espalier.tensor;

import java.util.Arrays;

/**
 * Runs a binary op over two tensors that broadcast.
 *
 * <p>Idea: axes along which both operands advance alike are merged, so most pairs become one run (equal shapes) or rows
 * (a bias). Inside a run an operand either advances or stands still; one that stands still is copied a few hundred
 * times into a small buffer, so an op needs only one loop. Cost: one pass over the result, plus the buffer per run.
 */
final class Broadcast {
    /** The loop of an op over a run of {@code n} elements of each array. */
    @FunctionalInterface
    interface Run {
        void over(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);
    }

    private static final int FILL = 512;

    private final Run loop;
    private final float[] a;
    private final float[] b;
    private final float[] out;
    private final int[] dims;
    private final int[] aStrides;
    private final int[] bStrides;
    private final float[] fill;

    private Broadcast(Run loop, float[] a, float[] b, float[] out, int[] dims, int[] aStrides, int[] bStrides) {
        this.loop = loop;
        this.a = a;
        this.b = b;
        this.out = out;
        this.dims = dims;
        this.aStrides = aStrides;
        this.bStrides = bStrides;
        this.fill = new float[Math.min(dims[dims.length - 1], FILL)];
    }

    /** Applies the loop of {@code op} to every pair of elements of two tensors. */
    static void zip(Op op, Run loop, Tensor a, Tensor b, float[] out) {
        if (out.length == 0) {
            return;
        }
        if (a.shape().equals(b.shape())) {
            loop.over(a.array(), 0, b.array(), 0, out, 0, out.length);
            return;
        }
        int[] dims = Shape.broadcast(op, a.shape(), b.shape()).dims();
        int[] aStrides = strides(a.shape(), dims);
        int[] bStrides = strides(b.shape(), dims);
        int rank = merge(dims, aStrides, bStrides);
        new Broadcast(loop, a.array(), b.array(), out, Arrays.copyOf(dims, rank), aStrides, bStrides).walk(0, 0, 0, 0);
    }

    /** The strides of an operand along the axes of the result: 0 where it is repeated. */
    static int[] strides(Shape operand, int[] dims) {
        int[] own = operand.strides();
        var strides = new int[dims.length];
        for (int i = 1; i <= own.length; i++) {
            strides[dims.length - i] = operand.dim(-i) == 1 ? 0 : own[own.length - i];
        }
        return strides;
    }

    /** Drops axes of size 1 and merges neighbours along which both operands are contiguous; returns the new rank. */
    private static int merge(int[] dims, int[] aStrides, int[] bStrides) {
        int last = -1;
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] == 1) {
                continue;
            }
            boolean joins = last >= 0
                    && aStrides[last] == aStrides[axis] * dims[axis]
                    && bStrides[last] == bStrides[axis] * dims[axis];
            if (joins) {
                dims[last] *= dims[axis];
            } else {
                dims[++last] = dims[axis];
            }
            aStrides[last] = aStrides[axis];
            bStrides[last] = bStrides[axis];
        }
        if (last < 0) {
            dims[++last] = 1;
        }
        return last + 1;
    }

    private int walk(int axis, int ao, int bo, int yo) {
        int n = dims[axis];
        if (axis == dims.length - 1) {
            run(ao, aStrides[axis], bo, bStrides[axis], yo, n);
            return yo + n;
        }
        int position = yo;
        for (int i = 0; i < n; i++) {
            position = walk(axis + 1, ao + i * aStrides[axis], bo + i * bStrides[axis], position);
        }
        return position;
    }

    private void run(int ao, int aStride, int bo, int bStride, int yo, int n) {
        if (aStride != 0 && bStride != 0) {
            loop.over(a, ao, b, bo, out, yo, n);
            return;
        }
        boolean fillA = aStride == 0;
        Arrays.fill(fill, fillA ? a[ao] : b[bo]);
        for (int done = 0; done < n; done += FILL) {
            int count = Math.min(FILL, n - done);
            if (fillA) {
                loop.over(fill, 0, b, bo + done, out, yo + done, count);
            } else {
                loop.over(a, ao + done, fill, 0, out, yo + done, count);
            }
        }
    }
}

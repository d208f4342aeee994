package org.espalier.tensor;

import java.util.Arrays;

/**
 * Runs a binary op over two tensors that broadcast.
 *
 * <p>Idea: axes along which both operands advance alike are merged, so most pairs become one run (equal shapes) or rows
 * (a bias). Inside a run an operand either advances or stands still. A piece of a run is brought to the front of a
 * small buffer per operand, one that stands still by repetition, so an op needs one loop with one index for all arrays,
 * which the compiler turns into vector code. Tensors of one shape need no buffers. Cost: one pass over the result, and
 * copies within the L1 cache.
 */
final class Broadcast {
    /** The loop of an op over the elements [from, to) of each array. */
    @FunctionalInterface
    interface Run {
        void over(float[] a, float[] b, float[] y, int from, int to);
    }

    private static final int PIECE = 512;

    private final Run loop;
    private final float[] a;
    private final float[] b;
    private final float[] out;
    private final int[] dims;
    private final int[] aStrides;
    private final int[] bStrides;
    private final float[] aPiece;
    private final float[] bPiece;
    private final float[] yPiece;

    private Broadcast(Run loop, float[] a, float[] b, float[] out, int[] dims, int[] aStrides, int[] bStrides) {
        this.loop = loop;
        this.a = a;
        this.b = b;
        this.out = out;
        this.dims = dims;
        this.aStrides = aStrides;
        this.bStrides = bStrides;
        int piece = Math.min(dims[dims.length - 1], PIECE);
        this.aPiece = new float[piece];
        this.bPiece = new float[piece];
        this.yPiece = new float[piece];
    }

    /** Applies the loop of {@code op} to every pair of elements of two tensors. */
    static void zip(Op op, Run loop, Tensor a, Tensor b, float[] out) {
        if (out.length == 0) {
            return;
        }
        if (a.shape().equals(b.shape())) {
            float[] left = a.array();
            float[] right = b.array();
            Split.elements(out.length, (from, to) -> loop.over(left, right, out, from, to));
            return;
        }
        int[] dims = Shape.broadcast(op.name(), a.shape(), b.shape()).dims();
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
        for (int done = 0; done < n; done += PIECE) {
            int count = Math.min(PIECE, n - done);
            take(a, ao, aStride, done, count, aPiece);
            take(b, bo, bStride, done, count, bPiece);
            loop.over(aPiece, bPiece, yPiece, 0, count);
            System.arraycopy(yPiece, 0, out, yo + done, count);
        }
    }

    private static void take(float[] x, int xo, int stride, int done, int count, float[] piece) {
        if (stride != 0) {
            System.arraycopy(x, xo + done, piece, 0, count);
        } else if (done == 0) {
            Arrays.fill(piece, x[xo]);
        }
    }
}

package org.espalier.tensor;

import java.util.Arrays;

/** Copies elements found at regular strides into row-major order. */
final class StridedCopy {
    private StridedCopy() {}

    /** {@code out[i, j, …] = x[offset + i·strides[0] + j·strides[1] + …]}, for indices below {@code dims}. */
    static void gather(float[] x, int offset, int[] strides, int[] dims, float[] out) {
        if (out.length == 0) {
            return;
        }
        if (dims.length == 0) {
            out[0] = x[offset];
            return;
        }
        copy(x, offset, strides, dims, 0, out, 0);
    }

    private static int copy(float[] x, int from, int[] strides, int[] dims, int axis, float[] out, int to) {
        int n = dims[axis];
        int stride = strides[axis];
        if (axis < dims.length - 1) {
            int position = to;
            for (int i = 0; i < n; i++) {
                position = copy(x, from + i * stride, strides, dims, axis + 1, out, position);
            }
            return position;
        }
        switch (stride) {
            case 0 -> Arrays.fill(out, to, to + n, x[from]);
            case 1 -> System.arraycopy(x, from, out, to, n);
            default -> {
                for (int i = 0; i < n; i++) {
                    out[to + i] = x[from + i * stride];
                }
            }
        }
        return to + n;
    }
}

package org.espalier.tensor;

import org.espalier.kernel.Kernels;

/** Hands matrix products to the kernels. */
final class Products {
    private Products() {}

    /** A matrix inside an array: where it starts, how far apart its stored rows are, and whether it is stored transposed. */
    record Operand(float[] array, int offset, int stride, boolean transposed) {
        /** The last two axes of a tensor; if it is a transpose nobody has copied yet, the original's storage. */
        static Operand of(Tensor tensor) {
            var source = tensor.transposeSource();
            return source == null
                    ? new Operand(tensor.array(), 0, tensor.dim(-1), false)
                    : new Operand(source.array(), 0, source.dim(-1), true);
        }

        /** The matrix that begins {@code elements} further on. */
        Operand matrix(int elements) {
            return new Operand(array, offset + elements, stride, transposed);
        }
    }

    /** C[m, n] = A[m, k] · B[k, n], written row-major from {@code offset}. */
    static void multiply(int m, int n, int k, Operand a, Operand b, float[] c, int offset) {
        gemm(m, n, k, a, b, c, offset, n);
    }

    private static void gemm(int m, int n, int k, Operand a, Operand b, float[] c, int offset, int ldc) {
        Kernels.active()
                .gemm(
                        a.transposed, b.transposed, m, n, k, a.array, a.offset, a.stride, b.array, b.offset, b.stride,
                        false, c, offset, ldc);
    }
}

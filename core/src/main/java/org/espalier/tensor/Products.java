package org.espalier.tensor;

import org.espalier.kernel.Kernels;

/** Hands matrix products to the kernels, cut over the output when the caller brought threads and the work is worth it. */
final class Products {
    /** Multiply-adds below which a product stays on the caller's thread: about 20 µs of one core. */
    private static final long WORTH_SPLITTING = 1_500_000;

    private static final int COLUMN_GRAIN = 64;
    private static final int ROW_GRAIN = 24;

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

        Operand fromRow(int row) {
            return matrix(transposed ? row : row * stride);
        }

        Operand fromColumn(int column) {
            return matrix(transposed ? column * stride : column);
        }
    }

    /** C[m, n] = A[m, k] · B[k, n], written row-major from {@code offset}. */
    static void multiply(int m, int n, int k, Operand a, Operand b, float[] c, int offset) {
        var threads = Parallelism.current();
        if (threads.threads() == 1 || (long) m * n * k < WORTH_SPLITTING) {
            gemm(m, n, k, a, b, c, offset, n);
        } else if (n >= m) {
            threads.forRanges(n, COLUMN_GRAIN, (from, to) -> gemm(m, to - from, k, a, b.fromColumn(from), c, offset + from, n));
        } else {
            threads.forRanges(m, ROW_GRAIN, (from, to) -> gemm(to - from, n, k, a.fromRow(from), b, c, offset + from * n, n));
        }
    }

    private static void gemm(int m, int n, int k, Operand a, Operand b, float[] c, int offset, int ldc) {
        Kernels.active()
                .gemm(
                        a.transposed, b.transposed, m, n, k, a.array, a.offset, a.stride, b.array, b.offset, b.stride,
                        false, c, offset, ldc);
    }
}

package org.espalier.tensor;

import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.parallel.Parallelism;

/** Hands products to the kernels, cut over the output when the caller brought threads and the work is worth it. */
final class Products {
    /**
     * Multiply-adds below which a product stays on the caller's thread: 25 µs of one core. Two threads that are awake
     * do 130,000 of them 1.4 times as fast as one, 2,000,000 1.8 times; but one that sleeps takes 50 µs to wake.
     */
    private static final long WORTH_SPLITTING = 1_500_000;

    /**
     * Half a panel of columns: 300 of them are shared as 160 and 140. With whole panels it was 192 and 108, and a step
     * of 784-300-100-10 on two threads took 7 % longer.
     */
    private static final int COLUMN_GRAIN = 32;

    /** The height of a tile. */
    private static final int ROW_GRAIN = 6;

    private Products() {}

    /** A matrix in an array: where it starts, how far apart its stored rows are, whether it is stored transposed. */
    record Operand(float[] array, int offset, int stride, boolean transposed) {
        /** The last two axes of a tensor; if it is a lazy transpose, the storage of the original. */
        static Operand of(Tensor tensor) {
            var source = tensor.transposeSource();
            return source == null
                    ? new Operand(tensor.array(), 0, tensor.dim(-1), false)
                    : new Operand(source.array(), 0, source.dim(-1), true);
        }

        /** The matrix that begins {@code elements} further on. */
        Operand matrix(int elements) {
            return elements == 0 ? this : new Operand(array, offset + elements, stride, transposed);
        }

        Operand fromRow(int row) {
            return matrix(transposed ? row : row * stride);
        }

        Operand fromColumn(int column) {
            return matrix(transposed ? column * stride : column);
        }
    }

    /** C[m, n] = A[m, k] · B[k, n] for a matrix b, which is kept packed if rows alone are multiplied with it. */
    static void multiply(int m, int n, int k, Operand a, Tensor b, float[] c) {
        var packed = PackedOperand.of(m, b);
        if (packed.isPresent()) {
            KernelChoice.current().dense()
                    .gemmPacked(a.transposed, m, a.array, a.offset, a.stride, packed.get(), false, c, 0, n);
        } else {
            multiply(m, n, k, a, Operand.of(b), c, 0);
        }
    }

    /** C[m, n] = A[m, k] · B[k, n], written row-major from {@code offset}. */
    static void multiply(int m, int n, int k, Operand a, Operand b, float[] c, int offset) {
        var threads = Parallelism.current();
        if (threads.threads() == 1 || (long) m * n * k < WORTH_SPLITTING) {
            gemm(m, n, k, a, b, c, offset, n);
        } else if (n >= m) {
            threads.forRanges(n, COLUMN_GRAIN,
                    (from, to) -> gemm(m, to - from, k, a, b.fromColumn(from), c, offset + from, n));
        } else {
            threads.forRanges(m, ROW_GRAIN,
                    (from, to) -> gemm(to - from, n, k, a.fromRow(from), b, c, offset + from * n, n));
        }
    }

    private static void gemm(int m, int n, int k, Operand a, Operand b, float[] c, int offset, int ldc) {
        KernelChoice.current().dense()
                .gemm(
                        a.transposed, b.transposed, m, n, k, a.array, a.offset, a.stride, b.array, b.offset, b.stride,
                        false, c, offset, ldc);
    }

    /** Y[m, n] = X[m, k] · Wᵀ + bias, for W [n, k]; no bias if that is null. */
    static void linear(int m, int n, int k, float[] x, Tensor weight, float[] bias, float[] y) {
        var packed = PackedOperand.ofTransposed(m, weight);
        if (packed.isPresent()) {
            KernelChoice.current().dense().linearPacked(m, x, 0, packed.get(), bias, 0, FusedActivation.NONE, y, 0, n);
            return;
        }
        float[] w = weight.array();
        var threads = Parallelism.current();
        if (threads.threads() == 1 || (long) m * n * k < WORTH_SPLITTING) {
            linear(m, 0, n, k, x, 0, w, bias, y, 0, n);
        } else if (n >= m) {
            threads.forRanges(n, COLUMN_GRAIN, (from, to) -> linear(m, from, to, k, x, 0, w, bias, y, from, n));
        } else {
            threads.forRanges(m, ROW_GRAIN,
                    (from, to) -> linear(to - from, 0, n, k, x, from * k, w, bias, y, from * n, n));
        }
    }

    private static void linear(int m, int from, int to, int k, float[] x, int xo, float[] w, float[] bias, float[] y,
            int yo, int ldy) {
        KernelChoice.current().dense().linear(m, to - from, k, x, xo, w, from * k, bias, from, FusedActivation.NONE, y,
                yo, ldy);
    }
}

package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;

/** One product with operands inside larger arrays, and its elements as the contract defines them. */
public record Product(boolean transA, boolean transB, int m, int n, int k, int pad, boolean accumulate, float[] a,
        float[] b,
        float[] c) {
    /** Operands of small integers and fractions; {@code pad} is the offset of each and what each row has too much. */
    public static Product random(Random random, boolean transA, boolean transB, int m, int n, int k, int pad,
            boolean accumulate) {
        return new Product(transA, transB, m, n, k, pad, accumulate,
                values(random, 2 * pad + (transA ? k : m) * ((transA ? m : k) + pad)),
                values(random, 2 * pad + (transB ? n : k) * ((transB ? k : n) + pad)),
                values(random, 2 * pad + m * (n + pad)));
    }

    public static float[] values(Random random, int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        return x;
    }

    public int lda() {
        return (transA ? m : k) + pad;
    }

    public int ldb() {
        return (transB ? k : n) + pad;
    }

    public int ldc() {
        return n + pad;
    }

    public float a(int i, int p) {
        return a[pad + (transA ? p * lda() + i : i * lda() + p)];
    }

    public float b(int p, int j) {
        return b[pad + (transB ? j * ldb() + p : p * ldb() + j)];
    }

    public float[] by(Kernels kernels) {
        float[] result = c.clone();
        kernels.gemm(transA, transB, m, n, k, a, pad, lda(), b, pad, ldb(), accumulate, result, pad, ldc());
        return result;
    }

    public float[] byPacked(Kernels kernels) {
        float[] result = c.clone();
        PackedMatrix packed = kernels.pack(transB, k, n, b, pad, ldb());
        kernels.gemmPacked(transA, m, a, pad, lda(), packed, accumulate, result, pad, ldc());
        return result;
    }

    /** The definition: one ascending chain of fused multiply-adds per element. */
    public float[] byDefinition() {
        float[] result = c.clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int at = pad + i * ldc() + j;
                float sum = accumulate ? c[at] : 0f;
                for (int p = 0; p < k; p++) {
                    sum = Math.fma(a(i, p), b(p, j), sum);
                }
                result[at] = sum;
            }
        }
        return result;
    }

    public void assertBits(float[] expected, float[] actual) {
        if (!Arrays.equals(expected, actual)) {
            assertArrayEquals(bits(expected), bits(actual), this::toString);
        }
    }

    private static int[] bits(float[] x) {
        int[] bits = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            bits[i] = Float.floatToIntBits(x[i]);
        }
        return bits;
    }

    @Override
    public String toString() {
        return m + "×" + n + "×" + k + (transA ? " Aᵀ" : " A") + (transB ? "Bᵀ" : "B") + " pad " + pad
                + (accumulate ? " accumulating" : "");
    }
}

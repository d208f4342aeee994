package org.espalier.kernel;

import java.util.Arrays;

/**
 * Matrix product in plain loops.
 *
 * <p>Idea: for each block of op(B), copied into rows of its own, and each row of C, held in a buffer of its own, walk
 * the reduction dimension four at a time: {@code c[j] = fma(a3, b3[j], fma(a2, b2[j], fma(a1, b1[j], fma(a0, b0[j],
 * c[j]))))}. The compiler turns that loop over j into vector instructions, which it can do only because all five arrays
 * are indexed by the same j: with offsets it would have to assume that they overlap.
 *
 * <p>Invariant: every element of C is one chain of fused multiply-adds in ascending order of the reduction dimension,
 * whatever the block sizes. Cost: m·n·k multiply-adds, and k·n copies.
 */
final class ScalarGemm {
    private static final int ROWS = 64;
    private static final int COLUMNS = 512;
    private static final int CHAINS = 8;

    /** One block of op(B) and one piece of a row of C. */
    private static final class Buffers {
        final float[][] b = new float[ROWS][COLUMNS];
        final float[] c = new float[COLUMNS];
    }

    private final Scratch<Buffers> buffers = new Scratch<>() {
        @Override
        protected Buffers make() {
            return new Buffers();
        }
    };

    void multiply(boolean transA, boolean transB, int m, int n, int k, float[] a, int ao, int lda, float[] b, int bo,
            int ldb, boolean accumulate, float[] c, int co, int ldc) {
        if (k == 0 && !accumulate) {
            for (int i = 0; i < m; i++) {
                Arrays.fill(c, co + i * ldc, co + i * ldc + n, 0f);
            }
            return;
        }
        int rowStep = transA ? 1 : lda;
        int sumStep = transA ? lda : 1;
        if (m == 1 && transB) {
            oneRow(n, k, a, ao, sumStep, b, bo, ldb, accumulate, c, co);
            return;
        }
        Buffers own = buffers.lease();
        for (int j0 = 0; j0 < n; j0 += COLUMNS) {
            int width = Math.min(COLUMNS, n - j0);
            for (int p0 = 0; p0 < k; p0 += ROWS) {
                int depth = Math.min(ROWS, k - p0);
                if (transB) {
                    copyTransposed(width, depth, b, bo + j0 * ldb + p0, ldb, own.b);
                } else {
                    copy(width, depth, b, bo + p0 * ldb + j0, ldb, own.b);
                }
                for (int i = 0; i < m; i++) {
                    int row = co + i * ldc + j0;
                    if (p0 == 0 && !accumulate) {
                        Arrays.fill(own.c, 0, width, 0f);
                    } else {
                        System.arraycopy(c, row, own.c, 0, width);
                    }
                    row(width, depth, a, ao + i * rowStep + p0 * sumStep, sumStep, own.b, own.c);
                    System.arraycopy(own.c, 0, c, row, width);
                }
            }
        }
        buffers.release(own);
    }

    /**
     * One row times a matrix that is stored transposed, [n × k]: eight chains that do not wait for each other, and no
     * copy.
     */
    private static void oneRow(int n, int k, float[] a, int ao, int step, float[] b, int bo, int ldb,
            boolean accumulate, float[] c, int co) {
        int j = 0;
        for (; j + CHAINS <= n; j += CHAINS) {
            eight(k, a, ao, step, b, bo + j * ldb, ldb, accumulate, c, co + j);
        }
        for (; j < n; j++) {
            float sum = accumulate ? c[co + j] : 0f;
            for (int p = 0; p < k; p++) {
                sum = Fma.of(a[ao + p * step], b[bo + j * ldb + p], sum);
            }
            c[co + j] = sum;
        }
    }

    private static void eight(int k, float[] a, int ao, int step, float[] b, int b0, int ldb, boolean accumulate,
            float[] c, int co) {
        int b1 = b0 + ldb;
        int b2 = b1 + ldb;
        int b3 = b2 + ldb;
        int b4 = b3 + ldb;
        int b5 = b4 + ldb;
        int b6 = b5 + ldb;
        int b7 = b6 + ldb;
        float c0 = accumulate ? c[co] : 0f;
        float c1 = accumulate ? c[co + 1] : 0f;
        float c2 = accumulate ? c[co + 2] : 0f;
        float c3 = accumulate ? c[co + 3] : 0f;
        float c4 = accumulate ? c[co + 4] : 0f;
        float c5 = accumulate ? c[co + 5] : 0f;
        float c6 = accumulate ? c[co + 6] : 0f;
        float c7 = accumulate ? c[co + 7] : 0f;
        for (int p = 0; p < k; p++) {
            float x = a[ao + p * step];
            c0 = Fma.of(x, b[b0 + p], c0);
            c1 = Fma.of(x, b[b1 + p], c1);
            c2 = Fma.of(x, b[b2 + p], c2);
            c3 = Fma.of(x, b[b3 + p], c3);
            c4 = Fma.of(x, b[b4 + p], c4);
            c5 = Fma.of(x, b[b5 + p], c5);
            c6 = Fma.of(x, b[b6 + p], c6);
            c7 = Fma.of(x, b[b7 + p], c7);
        }
        c[co] = c0;
        c[co + 1] = c1;
        c[co + 2] = c2;
        c[co + 3] = c3;
        c[co + 4] = c4;
        c[co + 5] = c5;
        c[co + 6] = c6;
        c[co + 7] = c7;
    }

    private static void copy(int width, int depth, float[] b, int bo, int ldb, float[][] block) {
        for (int p = 0; p < depth; p++) {
            System.arraycopy(b, bo + p * ldb, block[p], 0, width);
        }
    }

    private static void copyTransposed(int width, int depth, float[] b, int bo, int ldb, float[][] block) {
        for (int p = 0; p < depth; p++) {
            float[] target = block[p];
            for (int j = 0; j < width; j++) {
                target[j] = b[bo + j * ldb + p];
            }
        }
    }

    private static void row(int width, int depth, float[] a, int ao, int step, float[][] block, float[] c) {
        int p = 0;
        for (; p + 4 <= depth; p += 4) {
            int at = ao + p * step;
            fourTerms(width, a[at], a[at + step], a[at + 2 * step], a[at + 3 * step], block[p], block[p + 1],
                    block[p + 2], block[p + 3], c);
        }
        for (; p < depth; p++) {
            oneTerm(width, a[ao + p * step], block[p], c);
        }
    }

    private static void fourTerms(int width, float a0, float a1, float a2, float a3, float[] b0, float[] b1, float[] b2,
            float[] b3, float[] c) {
        for (int j = 0; j < width; j++) {
            c[j] = Fma.of(a3, b3[j], Fma.of(a2, b2[j], Fma.of(a1, b1[j], Fma.of(a0, b0[j], c[j]))));
        }
    }

    private static void oneTerm(int width, float a0, float[] b0, float[] c) {
        for (int j = 0; j < width; j++) {
            c[j] = Fma.of(a0, b0[j], c[j]);
        }
    }
}

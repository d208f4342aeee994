package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.Scratch;

/**
 * The product of rows with many zeros, as a ReLU leaves them or a picture's background has them, and a packed
 * matrix.
 *
 * <p>Idea: the panels of {@link VectorGemm} hold, side by side, what one input is multiplied by. So the indices of a
 * row's nonzeros are collected once, then each panel is gone through at these indices only. A tile of several rows
 * reads a panel once for all of them, while here each row reads what it needs itself: the more rows there are, the more
 * zeros it takes until that is faster. The shares of nonzeros below which it is were measured on a Zen 4 with layers
 * from 64 × 64 to 4096 × 4096.
 *
 * <p>Invariant: the bits of {@link VectorGemm#multiplyPacked}, save that a sum may be −0 where that gives +0, provided
 * that the matrix is finite: then a zero changes no sum but −0, which it makes +0, and only underflow makes a sum −0.
 */
final class VectorSparseInput {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Rows that go through a panel together, while it stays in the L2 cache. */
    private static final int ROWS = 16;

    /** Elements beyond which a matrix may not stay in the caches: memory is fast only if it is read without gaps. */
    private static final int LARGE = 1 << 22;

    /** The reduction dimension beyond which a panel does not stay in the L2 cache. */
    private static final int DEEP = 2048;

    /** What one call collects. */
    private static final class Buffers {
        int[] indices = new int[0];
        float[] values = new float[0];
        /** Row i has the nonzeros from {@code ends[i]} to before the next element. */
        final int[] ends = new int[ROWS + 1];
        final float[] sums = new float[VectorPackedRow.CHAINS * L];
    }

    private final Scratch<Buffers> buffers = new Scratch<>() {
        @Override
        protected Buffers make() {
            return new Buffers();
        }
    };

    /** Largest fraction of nonzeros, by number of rows, at which only they are multiplied. */
    private static float most(int rows, int k, int n) {
        if (L < 8) {
            return 0; // compressing a vector is slow there
        }
        boolean large = (long) k * n > LARGE;
        if (rows == 1) {
            return large ? 0.25f : 0.75f;
        }
        return large || k > DEEP ? 0 : rows == 2 ? 0.4f : 0.25f;
    }

    /**
     * The product of as many rows, from the first, as have enough zeros.
     *
     * @param packed finite, [k × n] packed in panels for {@code kernel}
     * @return how many rows
     */
    int multiply(VectorTile kernel, int m, int n, int k, float[] a, int ao, float[] packed, float[] c, int co,
            int ldc) {
        Buffers own = buffers.lease();
        int done = multiply(own, kernel, m, n, k, a, ao, packed, c, co, ldc);
        buffers.release(own);
        return done;
    }

    private static int multiply(Buffers own, VectorTile kernel, int m, int n, int k, float[] a, int ao, float[] packed,
            float[] c, int co, int ldc) {
        int done = 0;
        while (done < m) {
            int rows = Math.min(ROWS, m - done);
            float most = most(rows, k, n) * k;
            if (most == 0) {
                return done;
            }
            if (own.indices.length < rows * k + L) {
                own.indices = new int[rows * k + L];
                own.values = new float[rows * k + L];
            }
            for (int i = 0; i < rows; i++) {
                own.ends[i + 1] = collect(k, a, ao + (done + i) * k, own.ends[i], own.indices, own.values);
                if (own.ends[i + 1] > most * Math.min(i + 2, rows)) { // gives up early; one row may have twice as many
                    return done;
                }
            }
            if (rows == 1) {
                VectorPackedRow.multiplyNonzeros(kernel, n, k, own.ends[0], own.ends[1], own.indices, own.values,
                        packed, c, co + done * ldc, own.sums);
            } else {
                panels(kernel, rows, n, k, own, packed, c, co + done * ldc, ldc);
            }
            done += rows;
        }
        return done;
    }

    /** Panel by panel, so that each stays in the L2 cache for all rows. */
    private static void panels(VectorTile kernel, int rows, int n, int k, Buffers own, float[] packed, float[] c,
            int co, int ldc) {
        for (int j = 0, vectors; j < n; j += vectors * L) {
            vectors = kernel.vectorsFor(n - j);
            int columns = Math.min(vectors * L, n - j);
            for (int i = 0; i < rows; i++) {
                VectorGemv.nonzeros(1, vectors, own.ends[i], own.ends[i + 1], own.indices, own.values, packed, j * k, 0,
                        own.sums, 0);
                System.arraycopy(own.sums, 0, c, co + i * ldc + j, columns);
            }
        }
    }

    /** Appends the nonzeros of a row; returns where they end. There is room for a vector behind them. */
    private static int collect(int k, float[] a, int ao, int start, int[] indices, float[] values) {
        int end = start;
        int whole = S.loopBound(k);
        IntVector at = IntVector.zero(I).addIndex(1);
        for (int p = 0; p < whole; p += L) {
            FloatVector x = FloatVector.fromArray(S, a, ao + p);
            VectorMask<Float> nonzero = x.compare(VectorOperators.NE, 0f);
            x.compress(nonzero).intoArray(values, end);
            at.compress(nonzero.cast(I)).intoArray(indices, end);
            end += nonzero.trueCount();
            at = at.add(L);
        }
        for (int p = whole; p < k; p++) {
            indices[end] = p;
            values[end] = a[ao + p];
            end += a[ao + p] != 0 ? 1 : 0;
        }
        return end;
    }
}

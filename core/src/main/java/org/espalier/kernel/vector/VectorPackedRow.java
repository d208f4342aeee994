package org.espalier.kernel.vector;

/**
 * One row times a packed matrix. Idea: a panel alone gives as many chains of multiply-adds as it has vectors, and each
 * step of a chain waits for the one before; so up to eight vectors of neighbouring panels are computed at once.
 */
final class VectorPackedRow {
    /** Vectors of sums that are computed together at most. */
    static final int CHAINS = 8;

    private VectorPackedRow() {}

    /** How many panels of a number of vectors are taken together when enough are left. */
    private static int together(int vectors, int left) {
        int most = vectors == 2 ? CHAINS / 2 : vectors == 4 ? CHAINS / 4 : 1;
        return Math.min(most, left);
    }

    /** How many panels from column j on have the same number of vectors, at most as many as are taken together. */
    private static int alike(VectorTile kernel, int vectors, int n, int j) {
        int count = 1;
        int width = vectors * kernel.lanes;
        for (int at = j + width; at < n && kernel.vectorsFor(n - at) == vectors; at += width) {
            if (++count == CHAINS) {
                return count;
            }
        }
        return count;
    }

    /**
     * c = a · B.
     *
     * @param packed [k × n] in panels for {@code kernel}
     * @param sums room for {@value #CHAINS} vectors
     */
    static void multiply(VectorTile kernel, int n, int k, float[] a, int ao, float[] packed, float[] c, int co,
            float[] sums) {
        for (int j = 0; j < n;) {
            int vectors = kernel.vectorsFor(n - j);
            int panels = together(vectors, alike(kernel, vectors, n, j));
            int columns = panels * vectors * kernel.lanes;
            boolean whole = columns <= n - j;
            VectorGemv.dense(panels, vectors, k, a, ao, packed, j * k, vectors * kernel.lanes * k, whole ? c : sums,
                    whole ? co + j : 0);
            if (!whole) {
                System.arraycopy(sums, 0, c, co + j, n - j);
            }
            j += columns;
        }
    }

    /** The same, where the elements of a that are not zero and their indices are given, the places [from, to). */
    static void multiplyNonzeros(VectorTile kernel, int n, int k, int from, int to, int[] indices, float[] values,
            float[] packed, float[] c, int co, float[] sums) {
        for (int j = 0; j < n;) {
            int vectors = kernel.vectorsFor(n - j);
            int panels = together(vectors, alike(kernel, vectors, n, j));
            int columns = panels * vectors * kernel.lanes;
            boolean whole = columns <= n - j;
            VectorGemv.nonzeros(panels, vectors, from, to, indices, values, packed, j * k, vectors * kernel.lanes * k,
                    whole ? c : sums, whole ? co + j : 0);
            if (!whole) {
                System.arraycopy(sums, 0, c, co + j, n - j);
            }
            j += columns;
        }
    }
}

package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;

/**
 * The innermost loop of a product: a few rows by a few vectors of C, kept in registers while the reduction dimension
 * runs; each step loads the vectors of B, then multiplies them by one element of A per row.
 *
 * <p>The tiles of {@link VectorTileRows} and {@link VectorTileColumns}, which differ in how A is stored, suit any
 * machine; {@link VectorTile512} adds wider ones for 512-bit vectors. In all of them every vector is a local with a
 * name and every operation a direct call of the Vector API: in a method of this size the compiler stops inlining
 * anything else, and a vector that crosses a call is boxed on the heap. Indices are products of the loop variable,
 * which the compiler handles better here than running sums.
 */
sealed class VectorTile permits VectorTile512 {
    /** Rows of the tallest tile. */
    static final int ROWS = 6;

    /** Columns of the panels taken together, on any machine. */
    static final int COLUMNS = 64;

    /** Floats in a vector. */
    final int lanes = FloatVector.SPECIES_PREFERRED.length();

    /** Vectors in a row of the widest tile. */
    final int widest;

    /** Panels that are taken together, so that their rows of A are read from a far cache once. */
    final int together;

    /** Smallest k for which A stored by columns is transposed first, if it is read more than once. */
    final int manySteps;

    VectorTile() {
        this(2, 32);
    }

    VectorTile(int widest, int manySteps) {
        this.widest = widest;
        this.together = COLUMNS / (widest * lanes);
        this.manySteps = manySteps;
    }

    /** The tiles for this JVM's preferred vectors. */
    static VectorTile preferred() {
        return FloatVector.SPECIES_PREFERRED.length() == 16 ? new VectorTile512() : new VectorTile();
    }

    /** Width, in vectors, of the next panel when {@code columns} remain; no panel is narrower than one. */
    int vectorsFor(int columns) {
        int needed = (columns + lanes - 1) / lanes;
        if (needed <= widest) {
            return needed;
        }
        return needed == widest + 1 && columns % lanes != 0 ? widest - 1 : widest;
    }

    /** How many of the widest panels come next, to be taken together; 1 if the next is narrower. */
    int panelsFor(int columns) {
        int width = widest * lanes;
        int count = 0;
        for (int left = columns; count < together && left >= width && vectorsFor(left) == widest; left -= width) {
            count++;
        }
        return Math.max(1, count);
    }

    /** Rows of the next tile, of the rows that are left. */
    static int heightFor(int rows) {
        return rows >= 6 ? 6 : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;
    }

    /** Whether {@link #stack} computes all rows of a panel. */
    boolean stacks(int m, int columns) {
        return false;
    }

    /** C = op(A) · B for the uppermost rows of a panel; how many that was. */
    int stack(boolean transA, int m, int columns, int depth, float[] a, int ao, int lda, float[] b, int bo, int ldb,
            float[] c, int co, int ldc) {
        return 0;
    }

    /**
     * C = from + op(A) · B for one tile, in ascending order of the reduction dimension.
     *
     * @param transA A is stored [depth × height] instead of [height × depth]
     * @param height rows of the tile, as {@link #heightFor} gave it
     * @param vectors vectors in a row of the tile, up to {@link #widest}
     * @param last where the last of several vectors begins: at most so far that they do not leave a gap. Where it
     *             begins earlier, it computes the elements that it shares with its neighbour again
     * @param depth length of the reduction dimension
     * @param ldb distance between consecutive steps of the reduction dimension in B
     * @param from where the chains start; {@code ldf} is 0 to start every row from the same place
     */
    void run(boolean transA, int height, int vectors, int last, int depth, float[] a, int ao, int lda, float[] b,
            int bo, int ldb, float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        if (transA) {
            VectorTileColumns.run(height, vectors, depth, last, a, ao, lda, b, bo, ldb, from, fo, ldf, c, co, ldc);
        } else {
            VectorTileRows.run(height, vectors, depth, last, a, ao, lda, b, bo, ldb, from, fo, ldf, c, co, ldc);
        }
    }
}

package org.espalier.kernel;

/**
 * The innermost loop of a product: a few rows by one or two vectors of C, kept in registers while the summed index runs.
 * Written out once per register width, see {@link VectorTile512}.
 */
abstract sealed class VectorTile permits VectorTile512, VectorTileNarrow {
    /** Distance between the rows of a packed block of A: a constant, so that one address serves all rows. */
    static final int DEPTH = 256;

    /** Floats in a vector. */
    final int lanes;

    /** Rows of the tallest tile. */
    final int rows;

    /** Every multiple of this up to {@link #rows} has a tile. */
    final int step;

    VectorTile(int lanes, int rows, int step) {
        this.lanes = lanes;
        this.rows = rows;
        this.step = step;
    }

    /** The tile for this JVM's preferred vectors. */
    static VectorTile preferred() {
        return VectorKernels.preferredLanes() == 16 ? new VectorTile512() : new VectorTileNarrow();
    }

    /**
     * C = from + A · B for one tile, in ascending order of the summed index.
     *
     * @param height rows of the tile
     * @param wide two vectors per row, else one
     * @param depth length of the summed index, at most {@link #DEPTH}
     * @param a packed rows, {@link #DEPTH} apart
     * @param b packed panel: for each step of the summed index the one or two vectors of B
     * @param from where the chains start; {@code ldf} is 0 to start every row from the same place
     */
    abstract void run(int height, boolean wide, int depth, float[] a, int ao, float[] b, int bo, float[] from, int fo,
            int ldf, float[] c, int co, int ldc);
}

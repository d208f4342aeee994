package org.espalier.bench.task;

import org.espalier.kernel.choice.KernelChoice;

/**
 * A product of matrices so small that it stays in the L1 cache and so narrow that one kind of micro-kernel
 * computes it: watched, since an edit or a new JDK that makes one of them slower shows in large products only in part.
 *
 * @param rows rows of the tile
 * @param vectors vectors in a row of the tile
 */
public record Tile(int rows, int vectors) implements Workload {
    /** Elements of B, on any width: so the operations are the same. */
    private static final int ELEMENTS = 4096;

    @Override
    public String name() {
        return "tile " + rows + "x" + vectors;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Cost cost() {
        return Cost.of(2.0 * rows * ELEMENTS, 4.0 * ELEMENTS);
    }

    /** The product, as wide as the vectors of this JVM make it. */
    public MatrixProduct product() {
        int lanes = KernelChoice.vector()
                .map(vector -> Integer.parseInt(vector.dense().name().replace("vector-", "")) / Float.SIZE)
                .orElse(16);
        return new MatrixProduct(rows, vectors * lanes, ELEMENTS / (vectors * lanes), 1);
    }

    @Override
    public void verify(float[] result) {
        product().verify(result);
    }
}

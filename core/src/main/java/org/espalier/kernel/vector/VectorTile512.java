package org.espalier.kernel.vector;

/**
 * The tiles for 512-bit machines: up to 6 × 64 elements of C in 24 of the 32 registers, four of B and one of A beside
 * them, so that each step of the reduction dimension is 24 fused multiply-adds for 10 loads. With that many of them per
 * element of A, one form serves both ways of storing A.
 */
final class VectorTile512 extends VectorTile {
    VectorTile512() {
        super(4, 384);
    }

    @Override
    boolean stacks(int m, int columns) {
        return VectorStack512.covers(m, columns);
    }

    @Override
    int stack(boolean transA, int m, int columns, int depth, float[] a, int ao, int lda, float[] b, int bo, int ldb,
            float[] c, int co, int ldc) {
        return VectorStack512.run(
                m, columns, depth, a, ao, transA ? 1 : lda, transA ? lda : 1, b, bo, ldb, c, co, ldc);
    }

    @Override
    void run(boolean transA, int height, int vectors, int last, int depth, float[] a, int ao, int lda, float[] b,
            int bo, int ldb, float[] from, int fo, int ldf, float[] c, int co, int ldc) {
        if (vectors < 3) {
            super.run(transA, height, vectors, last, depth, a, ao, lda, b, bo, ldb, from, fo, ldf, c, co, ldc);
            return;
        }
        VectorTileWide512.run(height, vectors, depth, last, a, ao, transA ? 1 : lda, transA ? lda : 1, b, bo, ldb, from,
                fo, ldf, c, co, ldc);
    }
}

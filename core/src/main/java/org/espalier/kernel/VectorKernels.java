package org.espalier.kernel;

import jdk.incubator.vector.FloatVector;

/** The Vector API implementation of {@link Kernels}; what it does not override yet is the scalar loop. */
final class VectorKernels extends ScalarKernels {
    private final VectorGemm gemm = new VectorGemm(VectorTile.preferred());

    private VectorKernels() {}

    static int preferredLanes() {
        return FloatVector.SPECIES_PREFERRED.length();
    }

    static Kernels create() {
        return new VectorKernels();
    }

    @Override
    public String name() {
        return "vector-" + preferredLanes() * Float.SIZE;
    }

    @Override
    public void gemm(boolean transA, boolean transB, int m, int n, int k, float[] a, int ao, int lda, float[] b,
            int bo, int ldb, boolean accumulate, float[] c, int co, int ldc) {
        gemm.multiply(transA, transB, m, n, k, a, ao, lda, b, bo, ldb, accumulate, c, co, ldc);
    }

    @Override
    public void transpose(int rows, int cols, float[] x, int xo, float[] y, int yo) {
        VectorPacking.transpose(rows, cols, x, xo, cols, y, yo, rows);
    }
}

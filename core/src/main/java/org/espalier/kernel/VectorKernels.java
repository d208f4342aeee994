package org.espalier.kernel;

import jdk.incubator.vector.FloatVector;

/** The Vector API implementation of {@link Kernels}; what it does not override yet is the scalar loop. */
final class VectorKernels extends ScalarKernels {
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
}

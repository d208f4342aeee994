package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void whicheverKernelsItLeavesAnsweringTheResultsAreThoseOfTheScalarOnes() {
        assumeTrue(KernelChoice.vectorIfPresent().isPresent(), "runs in the rounds with the vector module");
        var kernels = new WarmingKernels(KernelChoice.SCALAR, VectorKernels.create());
        new WarmUp(kernels, 3).run();
        float[] x = {-2, -1, 0.5f, 1, 3, 0.25f};
        var softmax = new float[6];
        var expected = new float[6];
        kernels.softmax(2, 3, x, 0, softmax, 0);
        Kernels.scalar().softmax(2, 3, x, 0, expected, 0);

        assertArrayEquals(expected, softmax);
    }
}

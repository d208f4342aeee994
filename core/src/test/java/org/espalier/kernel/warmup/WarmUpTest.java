package org.espalier.kernel.warmup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.espalier.kernel.Kernels;
import org.espalier.kernel.ScalarKernels;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.kernel.vector.VectorKernels;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void whicheverKernelsItLeavesAnsweringTheResultsAreThoseOfTheScalarOnes() {
        assumeTrue(KernelChoice.vector().isPresent(), "runs in the rounds with the vector module");
        var kernels = new WarmingKernels(ScalarKernels.INSTANCE, VectorKernels.create());
        new WarmUp(kernels, 3).run();
        float[] x = {-2, -1, 0.5f, 1, 3, 0.25f};
        var softmax = new float[6];
        var expected = new float[6];
        kernels.softmax(2, 3, x, 0, softmax, 0);
        Kernels.scalar().softmax(2, 3, x, 0, expected, 0);

        assertArrayEquals(expected, softmax);
    }
}

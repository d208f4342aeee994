package org.espalier.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.choice.KernelChoice;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
public class VectorKernelsTest {
    /** The vector kernels; skips the test where the module is absent, fails it where the run asked for them. */
    public static Kernels assumePresent() {
        Optional<Kernels> vector = KernelChoice.vector().map(KernelChoice::dense);
        if ("vector".equals(System.getProperty(KernelChoice.PROPERTY))) {
            return vector.orElseThrow();
        }
        Assumptions.assumeTrue(vector.isPresent(), "no vector module in this run");
        return vector.get();
    }

    @Test
    void theNameTellsTheWidth() {
        Kernels vector = assumePresent();
        assertEquals("vector-" + 32 * VectorKernels.preferredLanes(), vector.name());
    }
}

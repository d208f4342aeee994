package org.espalier.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OffHeapScratchTest {
    /** The README says so. */
    @Test
    void eachProcessorHasOneAndAQuarterMebibytes() {
        VectorKernelsTest.assumePresent();
        int slots = 1;
        while (slots < Math.min(32, Runtime.getRuntime().availableProcessors())) {
            slots *= 2;
        }

        assertEquals(1.25 * (1 << 20), (double) (OffHeapScratch.INPUT_BYTES + OffHeapScratch.SUM_BYTES) / slots);
    }
}

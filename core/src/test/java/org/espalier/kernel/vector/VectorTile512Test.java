package org.espalier.kernel.vector;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class VectorTile512Test {
    @Test
    void everyTileIsAChainPerElementForBothOrdersOfA() {
        VectorKernelsTest.assumePresent();
        Assumptions.assumeTrue(VectorKernels.preferredLanes() == 16);
        VectorTileTest.checkAll(new VectorTile512());
    }
}

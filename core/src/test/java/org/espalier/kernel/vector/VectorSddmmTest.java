package org.espalier.kernel.vector;

import java.util.Random;
import org.espalier.kernel.FloatBits;
import org.espalier.kernel.ScalarSparse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
class VectorSddmmTest {
    @Test
    void aFoldHasTheBitsOfHalvesAddedOneEntryAfterTheOther() {
        VectorKernelsTest.assumePresent();
        int lanes = VectorKernels.preferredLanes();
        for (boolean add : new boolean[] {false, true}) {
            float[] sums = FloatBits.normal(new Random(1), 5 + lanes * lanes);
            float[] out = FloatBits.normal(new Random(2), 3 + lanes);
            float[] expected = out.clone();
            for (int i = 0; i < lanes; i++) {
                float sum = ScalarSparse.folded(sums.clone(), 5 + i * lanes, lanes);
                expected[3 + i] = add ? expected[3 + i] + sum : sum;
            }
            VectorSddmm.fold(sums, 5, add, out, 3);
            FloatBits.assertSame(expected, out, "fold, add " + add);
        }
    }
}

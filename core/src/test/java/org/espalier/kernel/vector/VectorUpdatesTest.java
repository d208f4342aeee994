package org.espalier.kernel.vector;

import java.util.Random;
import org.espalier.kernel.FloatBits;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.ScalarUpdatesTest;
import org.espalier.kernel.UpdateRule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
class VectorUpdatesTest {
    @Test
    void everyRuleRangeAndMaskGivesTheBitsOfTheScalarKernels() {
        Kernels vector = VectorKernelsTest.assumePresent();
        var random = new Random(21);
        for (UpdateRule rule : ScalarUpdatesTest.RULES) {
            for (int i = 0; i < 60; i++) {
                int n = 1 + random.nextInt(i < 40 ? 150 : 4000);
                int from = random.nextInt(n);
                int to = from + random.nextInt(n - from + 1);
                var expected = ScalarUpdatesTest.State.random(random, n, i % 3 != 0);
                var actual = expected.copy();
                expected.update(Kernels.scalar(), rule, from, to);
                actual.update(vector, rule, from, to);
                String what = rule + " of [" + from + ", " + to + ")";
                FloatBits.assertSame(expected.out(), actual.out(), what);
                FloatBits.assertSame(expected.first(), actual.first(), what);
                FloatBits.assertSame(expected.second(), actual.second(), what);
            }
        }
    }
}

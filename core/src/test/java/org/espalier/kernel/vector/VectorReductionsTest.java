package org.espalier.kernel.vector;

import java.util.Random;
import org.espalier.kernel.FloatBits;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.ScalarReductionsTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
class VectorReductionsTest {
    private final Random random = new Random(9);
    private Kernels vector;

    @BeforeEach
    void needsTheModule() {
        vector = VectorKernelsTest.assumePresent();
    }

    @Test
    void everyShortLengthGivesTheBitsOfTheDefinition() {
        for (int n = 0; n <= 100; n++) {
            for (int offset = 0; offset < 4; offset++) {
                check(FloatBits.normal(random, n + 8), offset, FloatBits.normal(random, n + 8), 3 - offset, n);
                check(FloatBits.mixed(random, n + 8), offset, FloatBits.mixed(random, n + 8), 3 - offset, n);
            }
        }
    }

    @Test
    void longRunsGiveTheBitsOfTheDefinition() {
        for (int n : new int[] {8191, 8192, 8193, 8192 * 2, 50_001}) {
            check(FloatBits.normal(random, n + 8), 1, FloatBits.normal(random, n + 8), 5, n);
        }
    }

    @Test
    void runsAtTheVeryEndOfTheArrayStayInside() {
        for (int n = 1; n <= 40; n++) {
            check(FloatBits.normal(random, n), 0, FloatBits.normal(random, n), 0, n);
        }
    }

    private void check(float[] a, int ao, float[] b, int bo, int n) {
        FloatBits.assertSame(ScalarReductionsTest.byDefinition(a, ao, null, 0, n), vector.sum(a, ao, n), "sum of " + n);
        FloatBits.assertSame(ScalarReductionsTest.byDefinition(a, ao, b, bo, n), vector.dot(a, ao, b, bo, n),
                "dot of " + n);
        FloatBits.assertSame(Kernels.scalar().max(a, ao, n), vector.max(a, ao, n), "max of " + n);
    }
}

package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

public class ScalarReductionsTest {
    private final Random random = new Random(5);

    /** The definition in the contract: element i to lane i mod 16, lanes folded in halves, chunks added in double. */
    public static float byDefinition(float[] a, int ao, float[] b, int bo, int n) {
        double total = 0;
        float result = 0;
        for (int start = 0; start < n; start += Kernels.CHUNK) {
            float[] lanes = new float[Kernels.LANES];
            for (int i = start; i < Math.min(n, start + Kernels.CHUNK); i++) {
                int lane = (i - start) % Kernels.LANES;
                lanes[lane] = b == null ? lanes[lane] + a[ao + i] : Math.fma(a[ao + i], b[bo + i], lanes[lane]);
            }
            for (int half = Kernels.LANES / 2; half > 0; half /= 2) {
                for (int i = 0; i < half; i++) {
                    lanes[i] += lanes[i + half];
                }
            }
            result = lanes[0];
            total += lanes[0];
        }
        return n <= Kernels.CHUNK ? result : (float) total;
    }

    @Test
    void sumsFollowTheDefinition() {
        for (int n : new int[] {0, 1, 2, 15, 16, 17, 31, 33, 100, 8191, 8192, 8193, 30_000}) {
            float[] x = FloatBits.normal(random, n + 3);
            FloatBits.assertSame(byDefinition(x, 3, null, 0, n), Kernels.scalar().sum(x, 3, n), "sum of " + n);
        }
    }

    @Test
    void dotsFollowTheDefinition() {
        for (int n : new int[] {0, 1, 2, 15, 16, 17, 31, 33, 100, 8191, 8192, 8193, 30_000}) {
            float[] a = FloatBits.normal(random, n + 3);
            float[] b = FloatBits.normal(random, n + 1);
            FloatBits.assertSame(byDefinition(a, 3, b, 1, n), Kernels.scalar().dot(a, 3, b, 1, n), "dot of " + n);
        }
    }

    @Test
    void sumsOfMinusZerosAreZero() {
        FloatBits.assertSame(0f, Kernels.scalar().sum(new float[] {-0f, -0f}, 0, 2), "sum");
    }

    @Test
    void aLongSumKeepsItsAccuracy() {
        int n = 2_000_000;
        float[] x = new float[n];
        double exact = 0;
        for (int i = 0; i < n; i++) {
            x[i] = random.nextFloat();
            exact += x[i];
        }
        assertEquals(exact, Kernels.scalar().sum(x, 0, n), exact * 1e-6);
    }

    @Test
    void maxKnowsNanAndSignedZeros() {
        Kernels scalar = Kernels.scalar();
        FloatBits.assertSame(Float.NEGATIVE_INFINITY, scalar.max(new float[1], 0, 0), "empty");
        FloatBits.assertSame(0f, scalar.max(new float[] {-0f, 0f, -0f}, 0, 3), "zeros");
        FloatBits.assertSame(-0f, scalar.max(new float[] {-0f, -1f}, 0, 2), "minus zero");
        assertTrue(Float.isNaN(scalar.max(new float[] {1f, Float.NaN, 2f}, 0, 3)));
        FloatBits.assertSame(7f, scalar.max(new float[] {9f, 7f, 3f, 9f}, 1, 2), "offset");
    }
}

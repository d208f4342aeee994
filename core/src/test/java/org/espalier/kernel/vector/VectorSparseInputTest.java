package org.espalier.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.espalier.kernel.FloatBits;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.Kernels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
class VectorSparseInputTest {
    private final Random random = new Random(21);
    private final Kernels scalar = Kernels.scalar();
    private Kernels vector;

    @BeforeEach
    void needsTheModule() {
        vector = VectorKernelsTest.assumePresent();
    }

    /** Rows of which the given share is not zero; zeros of both signs. */
    private float[] rows(int m, int k, double share) {
        var x = FloatBits.normal(random, m * k);
        for (int i = 0; i < x.length; i++) {
            if (random.nextDouble() >= share) {
                x[i] = random.nextBoolean() ? 0f : -0f;
            }
        }
        return x;
    }

    private void compare(int m, int n, int k, float[] x, float[] w, float[] bias, FusedActivation activation) {
        // what surrounds the operands is NaN: nothing of it may get into a result
        var input = surrounded(x, 1);
        var weights = surrounded(w, 2);
        var biases = bias == null ? null : surrounded(bias, 3);
        var expected = new float[4 + m * (n + 1)];
        var actual = expected.clone();
        scalar.linear(m, n, k, input, 1, weights, 2, biases, 3, activation, expected, 4, n + 1);
        vector.linearPacked(m, input, 1, vector.pack(true, k, n, weights, 2, k), biases, 3, activation, actual, 4,
                n + 1);
        FloatBits.assertSame(expected, actual, m + " × " + n + " × " + k + ", " + activation);
    }

    private static float[] surrounded(float[] x, int before) {
        var all = new float[x.length + before + 5];
        Arrays.fill(all, Float.NaN);
        System.arraycopy(x, 0, all, before, x.length);
        return all;
    }

    @Test
    void rowsWithZerosHaveTheBitsOfTheScalarKernels() {
        for (int n : new int[] {1, 10, 16, 17, 33, 48, 64, 70, 100, 130}) {
            for (int k : new int[] {1, 2, 15, 16, 17, 50, 131}) {
                for (int m : new int[] {1, 2, 3, 16, 17, 40}) {
                    for (double share : new double[] {0, 0.1, 0.3, 0.6, 1}) {
                        compare(m, n, k, rows(m, k, share), FloatBits.normal(random, n * k),
                                FloatBits.normal(random, n), FusedActivation.RELU);
                    }
                }
            }
        }
    }

    @Test
    void noSpecialValueMakesADifference() {
        for (var activation : FusedActivation.values()) {
            for (int trial = 0; trial < 200; trial++) {
                int m = 1 + random.nextInt(3);
                int n = 1 + random.nextInt(70);
                int k = 1 + random.nextInt(40);
                var x = FloatBits.mixed(random, m * k);
                for (int i = 0; i < x.length; i++) {
                    x[i] = random.nextInt(5) > 0 ? 0f : x[i];
                }
                var weights = trial % 2 == 0 ? FloatBits.mixed(random, n * k) : FloatBits.normal(random, n * k);
                var bias = FloatBits.mixed(random, n);
                compare(m, n, k, x, weights, trial % 3 == 0 ? null : bias, activation);
            }
        }
    }

    @Test
    void aSumThatUnderflowedBelowZeroLosesItsSignToTheZerosThatFollow() {
        float[] x = {Float.MIN_VALUE, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        var w = new float[20 * 10];
        for (int row = 0; row < 20; row++) {
            w[row * 10] = -0.25f;
            w[row * 10 + 1] = row - 10;
        }
        for (var activation : FusedActivation.values()) {
            for (float bias : new float[] {-0f, 0f, -1f}) {
                var biases = new float[20];
                Arrays.fill(biases, bias);
                compare(1, 20, 10, x, w, biases, activation);
            }
            compare(1, 20, 10, x, w, null, activation);
        }
    }

    @Test
    void rowsAreTakenForAsLongAsTheyHaveEnoughZeros() {
        assumeTrue(VectorKernels.preferredLanes() >= 8, "vectors of 4 lanes never leave zeros out");
        assertEquals(1, taken(1, 0.5));
        assertEquals(0, taken(1, 1));
        assertEquals(2, taken(2, 0.2));
        assertEquals(0, taken(2, 0.6));
        assertEquals(40, taken(40, 0.1));
        assertEquals(0, taken(40, 0.5));
        assertEquals(16, taken(40, 0.1, 17));
        assertEquals(0, taken(40, 0.1, 3, 4, 5));
    }

    /** How many of {@code m} rows are computed, of which some have no zeros. */
    private int taken(int m, double share, int... full) {
        int k = 200;
        var x = rows(m, k, share);
        for (int row : full) {
            Arrays.fill(x, row * k, (row + 1) * k, 1f);
        }
        return new VectorSparseInput().multiply(
                VectorTile.preferred(), m, 48, k, x, 0, new float[k * 48], new float[m * 48], 0, 48);
    }
}

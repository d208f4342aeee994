package org.espalier.kernel;

import java.util.Arrays;
import java.util.Random;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.kernel.vector.VectorKernelsTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The permute layout by the two implementations, bit by bit, for vectors of every number of lanes. */
@Tag("kernel-width")
class PermuteKernelTest {
    private final Random random = new Random(29);
    private final SparseKernels scalar = SparseKernels.scalar();
    private SparseKernels vector;

    @BeforeEach
    void needsTheModule() {
        VectorKernelsTest.assumePresent();
        vector = KernelChoice.vector().orElseThrow().sparse();
    }

    @Test
    void everyLayoutHasTheSameBits() {
        for (int lanes : new int[] {4, 8, 16}) {
            for (int rows : new int[] {1, 15, 16, 17, 31, 33, 64, 65, 130}) {
                for (int cols : new int[] {1, 7, 15, 16, 17, 31, 32, 33, 48, 64, 90}) {
                    permute(lanes, rows, cols, false);
                    if (lanes < 16) {
                        permute(lanes, rows, cols, true);
                    }
                }
            }
        }
    }

    /**
     * Random slots, some groups without any and some with fewer than they have room for.
     *
     * @param broadcast whether all rows of a vector have the same columns
     */
    private SparseKernels.Permute slots(int lanes, int rows, int cols, boolean broadcast) {
        int group = SparseKernels.PERMUTE_VECTORS * lanes;
        int together = SparseKernels.Permute.together(lanes);
        var slots = new int[Math.ceilDiv(rows, group) + 1];
        for (int g = 1; g < slots.length; g++) {
            slots[g] = slots[g - 1] + together * random.nextInt(4);
        }
        var bases = new long[slots[slots.length - 1]];
        var indices = new int[bases.length / together * group];
        for (int s = 0; s < bases.length; s++) {
            int common = random.nextInt(cols);
            for (int vector = 0; vector < SparseKernels.PERMUTE_VECTORS; vector++) {
                int base = lanes == 16 ? common : random.nextInt(cols);
                bases[s] |= (long) base << Character.SIZE * vector;
                for (int i = 0; i < lanes; i++) {
                    int window = Math.min(SparseKernels.Permute.window(lanes), cols - base);
                    indices[s / together * group + vector * lanes + i] |= random.nextInt(window)
                            << SparseKernels.Permute.bits(lanes) * (s % together);
                }
            }
        }
        float[] values = FloatBits.normal(random, group * bases.length);
        for (int g = 1; g < slots.length; g++) {
            int used = slots[g] - (slots[g] > slots[g - 1] ? random.nextInt(together) : 0);
            Arrays.fill(bases, used, slots[g], SparseKernels.PERMUTE_END);
            // whoever computes them spoils the sum
            Arrays.fill(values, used * group, slots[g] * group, Float.NaN);
        }
        var order = new int[rows];
        for (int r = 0; r < rows; r++) {
            order[r] = rows - 1 - r;
        }
        return new SparseKernels.Permute(lanes, order, slots, bases, broadcast ? new int[0] : indices, values);
    }

    private void permute(int lanes, int rows, int cols, boolean broadcast) {
        var w = slots(lanes, rows, cols, broadcast);
        float[] x = FloatBits.normal(random, 3 + cols);
        float[] bias = random.nextInt(4) == 0 ? null : FloatBits.normal(random, rows);
        int cut = Math.min(w.rows(), rows);
        for (var activation : new FusedActivation[] {FusedActivation.NONE, FusedActivation.RELU,
            FusedActivation.TANH}) {
            float[] expected = new float[2 + rows];
            float[] together = expected.clone();
            float[] apart = expected.clone();
            scalar.permuteVector(w, 0, rows, cols, x, 3, bias, activation, expected, 2);
            vector.permuteVector(w, 0, rows, cols, x, 3, bias, activation, together, 2);
            FloatBits.assertSame(expected, together, lanes + " lanes, " + rows + " × " + cols + ", " + activation);
            vector.permuteVector(w, cut, rows, cols, x, 3, bias, activation, apart, 2);
            vector.permuteVector(w, 0, cut, cols, x, 3, bias, activation, apart, 2);
            FloatBits.assertSame(expected, apart, "in two parts, " + lanes + " lanes, " + rows + " × " + cols);
        }
    }
}

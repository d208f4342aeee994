package org.espalier.kernel.vector;

import java.util.Random;
import org.espalier.kernel.FloatBits;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.SparseKernels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
class VectorSparseSellTest {
    private final Random random = new Random(23);

    @BeforeEach
    void needsTheModule() {
        VectorKernelsTest.assumePresent();
    }

    @Test
    void slicesOfRowsHaveTheSameBits() {
        int cols = 50;
        for (int rows : new int[] {1, 3, 4, 5, 16, 43}) {
            for (var activation : FusedActivation.values()) {
                var w = slices(rows, cols);
                float[] x = FloatBits.mixed(random, 3 + cols);
                float[] bias = rows % 2 == 0 ? null : FloatBits.normal(random, rows);
                float[] expected = FloatBits.normal(random, 2 + rows);
                float[] actual = expected.clone();
                int cut = rows / 2 / 4 * 4;
                SparseKernels.scalar().sellVector(w, 0, rows, cols, x, 3, bias, activation, expected, 2);
                VectorSparse.INSTANCE.sellVector(w, 0, cut, cols, x, 3, bias, activation, actual, 2);
                VectorSparse.INSTANCE.sellVector(w, cut, rows, cols, x, 3, bias, activation, actual, 2);
                FloatBits.assertSame(expected, actual, rows + " rows, " + activation);
            }
        }
    }

    /** Slices of random steps, tails and values, rows in descending order. */
    private SparseKernels.Sell slices(int rows, int cols) {
        var order = new int[rows];
        var steps = new int[(rows + 3) / 4 + 1];
        var tails = new int[rows + 1];
        for (int p = 0; p < rows; p++) {
            order[p] = rows - 1 - p;
            tails[p + 1] = tails[p] + random.nextInt(3);
        }
        for (int s = 0; s < steps.length - 1; s++) {
            steps[s + 1] = steps[s] + (4 * s + 4 <= rows ? random.nextInt(20) : 0);
        }
        var columns = new long[steps[steps.length - 1]];
        for (int s = 0; s < columns.length; s++) {
            for (int lane = 0; lane < 4; lane++) {
                columns[s] |= (long) random.nextInt(cols) << 16 * lane;
            }
        }
        var tailColumns = new char[tails[rows]];
        for (int p = 0; p < tailColumns.length; p++) {
            tailColumns[p] = (char) random.nextInt(cols);
        }
        return new SparseKernels.Sell(order, steps, columns, FloatBits.normal(random, 4 * columns.length), tails,
                tailColumns, FloatBits.normal(random, tailColumns.length));
    }
}

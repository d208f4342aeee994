package org.espalier.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.espalier.kernel.FloatBits;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VectorStack512Test {
    private final Random random = new Random(29);

    @BeforeEach
    void needsVectorsOf512Bits() {
        VectorKernelsTest.assumePresent();
        Assumptions.assumeTrue(VectorKernels.preferredLanes() == 16);
    }

    @Test
    void everyNarrowPanelIsAChainPerElementAndNothingElseIsWritten() {
        for (int m = 8; m <= 25; m++) {
            for (int columns = 1; columns <= 32; columns++) {
                for (int depth : new int[] {1, 2, 9, 16}) {
                    assertEquals(m, check(m, columns, depth, (m + columns) % 2 == 0, columns % 3));
                }
            }
        }
    }

    @Test
    void aWholePanelIsComputedBySixRows() {
        for (int m = 1; m <= 20; m++) {
            assertEquals(m - m % 6, check(m, 64, 11, m % 2 == 0, m % 3));
        }
    }

    @Test
    void otherPanelsAreLeftAlone() {
        assertEquals(0, check(7, 16, 3, false, 0));
        assertEquals(0, check(12, 33, 3, false, 0));
        assertEquals(0, check(12, 63, 3, false, 0));
    }

    /** Computes a panel whose arrays end with its last element; how many rows were. */
    private int check(int m, int columns, int depth, boolean trans, int pad) {
        int ldb = columns + pad;
        float[] a = FloatBits.normal(random, m * depth);
        float[] b = FloatBits.normal(random, (depth - 1) * ldb + columns);
        float[] c = FloatBits.normal(random, (m - 1) * ldb + columns);
        float[] before = c.clone();
        int rows = VectorStack512.run(
                m, columns, depth, a, 0, trans ? 1 : depth, trans ? m : 1, b, 0, ldb, c, 0, ldb);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                float sum = 0;
                for (int p = 0; p < depth; p++) {
                    sum = Math.fma(a[trans ? p * m + i : i * depth + p], b[p * ldb + j], sum);
                }
                before[i * ldb + j] = sum;
            }
        }
        FloatBits.assertSame(before, c, m + " rows of " + columns + " columns, transposed " + trans);
        return rows;
    }
}

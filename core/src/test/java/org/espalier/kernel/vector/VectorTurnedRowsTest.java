package org.espalier.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
class VectorTurnedRowsTest {
    @Test
    void everySumIsOneAscendingChainFromWhatItWas() {
        VectorKernelsTest.assumePresent();
        var random = new Random(1);
        int rows = VectorTurnedRows.ROWS;
        for (int columns = 0; columns <= 40; columns += VectorTurnedRows.COLUMNS) {
            for (int ldw : new int[] {Math.max(1, columns), columns + 3}) {
                // the tightest array: nothing behind the last row
                float[] w = random(random, 1 + (rows - 1) * ldw + columns);
                float[] a = random(random, 2 + columns);
                float[] sums = random(random, 3 + rows);
                float[] expected = sums.clone();
                for (int r = 0; r < rows; r++) {
                    for (int p = 0; p < columns; p++) {
                        expected[3 + r] = Math.fma(w[1 + r * ldw + p], a[2 + p], expected[3 + r]);
                    }
                }
                VectorTurnedRows.add(columns, a, 2, w, 1, ldw, sums, 3);
                for (int i = 0; i < sums.length; i++) {
                    assertEquals(Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(sums[i]),
                            columns + " columns, element " + i);
                }
            }
        }
    }

    private static float[] random(Random random, int size) {
        var x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = random.nextFloat() - 0.5f;
        }
        return x;
    }
}

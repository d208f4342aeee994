package org.espalier.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VectorTranspose512Test {
    @Test
    void everyElementOfAStripChangesPlacesAndTheLastRowFillsTheRest() {
        VectorKernelsTest.assumePresent();
        for (int rows : new int[] {1, 5, 15, 16}) {
            for (int cols : new int[] {16, 17, 31, 32, 50}) {
                float[] x = new float[3 + rows * (cols + 4)];
                for (int i = 0; i < x.length; i++) {
                    x[i] = i;
                }
                float[] y = new float[1 + cols * 17];
                VectorTranspose512.strip(rows, cols, x, 3, cols + 4, y, 1, 17);
                for (int r = 0; r < 16; r++) {
                    for (int c = 0; c < cols; c++) {
                        assertEquals(x[3 + Math.min(r, rows - 1) * (cols + 4) + c], y[1 + c * 17 + r]);
                    }
                }
            }
        }
    }
}

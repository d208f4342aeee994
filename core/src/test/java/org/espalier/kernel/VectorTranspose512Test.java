package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VectorTranspose512Test {
    @Test
    void everyElementOfTheBlockChangesPlacesWithItsMirrorImage() {
        VectorKernelsTest.assumePresent();
        float[] x = new float[3 + 16 * 20];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        float[] y = new float[1 + 16 * 17];
        VectorTranspose512.block(x, 3, 20, y, 1, 17);
        for (int r = 0; r < 16; r++) {
            for (int c = 0; c < 16; c++) {
                assertEquals(x[3 + r * 20 + c], y[1 + c * 17 + r]);
            }
        }
    }
}

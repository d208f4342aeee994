package org.espalier.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
class VectorTransposeNarrowTest {
    @Test
    void everyElementOfAStripChangesPlacesAndNothingElseIsWritten() {
        VectorKernelsTest.assumePresent();
        int rows = VectorKernels.preferredLanes();
        assumeTrue(rows <= 8, "for vectors of 8 and 4 lanes");
        for (int cols : new int[] {2, 3, 4, 5, 6, 7, 8, 17, 50}) {
            if (cols < VectorTransposeNarrow.COLUMNS) {
                continue;
            }
            // the tightest array: nothing before the first row and nothing behind the last
            float[] x = new float[rows * cols];
            for (int i = 0; i < x.length; i++) {
                x[i] = i + 1;
            }
            float[] y = new float[1 + cols * (rows + 3)];
            VectorTransposeNarrow.strip(cols, x, 0, cols, y, 1, rows + 3);
            for (int i = 0; i < y.length; i++) {
                int c = Math.floorDiv(i - 1, rows + 3);
                int r = Math.floorMod(i - 1, rows + 3);
                assertEquals(i > 0 && r < rows ? x[r * cols + c] : 0, y[i], "element " + i);
            }
        }
    }
}

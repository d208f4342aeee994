package org.espalier.kernel.vector;

import java.util.Random;
import org.espalier.kernel.FloatBits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
class VectorPackingTest {
    private final Random random = new Random(19);

    @BeforeEach
    void needsTheModule() {
        VectorKernelsTest.assumePresent();
    }

    @Test
    void copiesAndTranspositionsTouchExactlyTheirElements() {
        int[] sizes = {1, 2, 7, 15, 16, 17, 32, 37};
        for (int rows : sizes) {
            for (int cols : sizes) {
                float[] x = FloatBits.normal(random, 2 + rows * (cols + 1));
                float[] copied = FloatBits.normal(random, 1 + rows * (cols + 3));
                float[] turned = FloatBits.normal(random, 1 + cols * (rows + 3));
                float[] wantCopied = copied.clone();
                float[] wantTurned = turned.clone();
                for (int r = 0; r < rows; r++) {
                    for (int c = 0; c < cols; c++) {
                        wantCopied[1 + r * (cols + 3) + c] = x[2 + r * (cols + 1) + c];
                        wantTurned[1 + c * (rows + 3) + r] = x[2 + r * (cols + 1) + c];
                    }
                }
                VectorPacking.copy(rows, cols, x, 2, cols + 1, copied, 1, cols + 3);
                VectorPacking.transpose(rows, cols, x, 2, cols + 1, turned, 1, rows + 3);
                FloatBits.assertSame(wantCopied, copied, "copy of " + rows + " × " + cols);
                FloatBits.assertSame(wantTurned, turned, "transposition of " + rows + " × " + cols);
            }
        }
    }

    @Test
    void panelsHoldTheColumnsStepByStep() {
        int depth = 21;
        int width = 4 * VectorKernels.preferredLanes();
        for (int cols : new int[] {1, width - 1, width}) {
            float[] b = FloatBits.normal(random, depth * width);
            float[] panel = new float[depth * width];
            VectorPacking.panel(false, cols, width, depth, b, 0, cols, panel, 0);
            float[] turned = new float[depth * width];
            VectorPacking.panel(true, cols, width, depth, b, 0, depth, turned, 0);
            for (int p = 0; p < depth; p++) {
                for (int j = 0; j < cols; j++) {
                    FloatBits.assertSame(b[p * cols + j], panel[p * width + j], "panel");
                    FloatBits.assertSame(b[j * depth + p], turned[p * width + j], "transposed panel");
                }
            }
        }
    }

    @Test
    void neighbouringPanelsFollowEachOther() {
        int depth = 21;
        int width = 2 * VectorKernels.preferredLanes();
        for (int panels : new int[] {1, 4, 5}) {
            int cols = panels * width;
            float[] b = FloatBits.normal(random, (depth + 3) * (cols + 3));
            float[] plain = new float[depth * cols];
            VectorPacking.panels(false, cols, panels, width, depth, b, 1, cols + 2, plain);
            float[] turned = new float[depth * cols];
            VectorPacking.panels(true, cols, panels, width, depth, b, 1, depth + 1, turned);
            for (int p = 0; p < depth; p++) {
                for (int j = 0; j < cols; j++) {
                    int at = j / width * depth * width + p * width + j % width;
                    FloatBits.assertSame(b[1 + p * (cols + 2) + j], plain[at], "panel");
                    FloatBits.assertSame(b[1 + j * (depth + 1) + p], turned[at], "transposed panel");
                }
            }
        }
    }
}

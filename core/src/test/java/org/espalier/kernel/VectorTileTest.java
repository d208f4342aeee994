package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
class VectorTileTest {
    @Test
    void everyTileIsAChainPerElementForBothOrdersOfA() {
        VectorKernelsTest.assumePresent();
        checkAll(new VectorTile());
    }

    @Test
    void unknownTilesAreRefused() {
        VectorKernelsTest.assumePresent();
        float[] x = new float[1];
        assertThrows(IllegalArgumentException.class,
                () -> new VectorTile().run(true, 5, 1, 0, x, 0, 0, x, 0, 0, x, 0, 0, x, 0, 0));
    }

    static void checkAll(VectorTile tile) {
        var random = new Random(23);
        int depth = 9;
        for (int vectors = 1; vectors <= tile.widest; vectors *= 2) {
            int width = vectors * tile.lanes;
            for (int height : new int[] {1, 2, 4, 6}) {
                float[] a = FloatBits.normal(random, depth * height);
                float[] b = FloatBits.normal(random, depth * (width + 1));
                float[] from = FloatBits.normal(random, height * width);
                float[] expected = new float[height * width];
                for (int i = 0; i < height; i++) {
                    for (int j = 0; j < width; j++) {
                        float sum = from[i * width + j];
                        for (int p = 0; p < depth; p++) {
                            sum = Math.fma(a[i * depth + p], b[p * (width + 1) + j], sum);
                        }
                        expected[i * width + j] = sum;
                    }
                }
                float[] turned = new float[a.length];
                Kernels.scalar().transpose(height, depth, a, 0, turned, 0);
                float[] c = new float[height * width];
                tile.run(false, height, vectors, depth, a, 0, depth, b, 0, width + 1, from, 0, width, c, 0, width);
                FloatBits.assertSame(expected, c, height + " rows of " + vectors + " vectors");
                tile.run(true, height, vectors, depth, turned, 0, height, b, 0, width + 1, from, 0, width, c, 0, width);
                FloatBits.assertSame(expected, c, height + " columns of " + vectors + " vectors");
            }
        }
    }
}

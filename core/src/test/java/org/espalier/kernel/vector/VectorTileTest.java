package org.espalier.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.espalier.kernel.FloatBits;
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
                () -> new VectorTile().run(true, 5, 1, 0, 0, x, 0, 0, x, 0, 0, x, 0, 0, x, 0, 0));
    }

    @Test
    void panelsCoverTheColumnsAndNoneIsNarrowerThanAVectorBehindAnother() {
        VectorKernelsTest.assumePresent();
        var tile = VectorTile.preferred();
        for (int columns = 1; columns < 400; columns++) {
            int left = columns;
            while (left > 0) {
                assertTrue(left == columns || left >= tile.lanes, columns + " columns leave " + left);
                int vectors = tile.vectorsFor(left);
                assertTrue(vectors >= 1 && vectors <= tile.widest, columns + " columns");
                left -= vectors * tile.lanes;
            }
        }
    }

    static void checkAll(VectorTile tile) {
        var random = new Random(23);
        for (int vectors = 1; vectors <= tile.widest; vectors++) {
            for (boolean trans : new boolean[] {false, true}) {
                for (int rows = 1; rows <= VectorTile.ROWS; rows++) {
                    int height = VectorTile.heightFor(rows);
                    assertTrue(height >= 1 && height <= rows);
                    for (int overlap : new int[] {0, 1, tile.lanes - 1}) {
                        check(random, tile, trans, height, vectors, vectors == 1 ? 0 : overlap);
                    }
                }
            }
        }
    }

    private static void check(Random random, VectorTile tile, boolean trans, int height, int vectors, int overlap) {
        int depth = 9;
        int width = vectors * tile.lanes - overlap;
        float[] a = FloatBits.normal(random, depth * height);
        float[] b = FloatBits.normal(random, depth * (width + 1));
        float[] from = FloatBits.normal(random, height * width);
        float[] expected = new float[height * width];
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                float sum = from[i * width + j];
                for (int p = 0; p < depth; p++) {
                    sum = Math.fma(a[trans ? p * height + i : i * depth + p], b[p * (width + 1) + j], sum);
                }
                expected[i * width + j] = sum;
            }
        }
        float[] c = new float[height * width];
        tile.run(trans, height, vectors, width - tile.lanes, depth, a, 0, trans ? height : depth, b, 0, width + 1,
                from, 0, width, c, 0, width);
        FloatBits.assertSame(expected, c, height + " rows of " + width + " columns, transposed " + trans);
    }
}

package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.kernel.vector.VectorKernelsTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The two implementations side by side, bit by bit, at every tail, with operands inside larger arrays. */
@Tag("kernel-width")
class SparseKernelsTest {
    private static final int[] BATCHES = {1, 2, 3, 4, 5, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 100, 130};

    private final Random random = new Random(29);
    private final SparseKernels scalar = SparseKernels.scalar();
    private SparseKernels vector;

    @BeforeEach
    void needsTheModule() {
        VectorKernelsTest.assumePresent();
        vector = KernelChoice.vector().orElseThrow().sparse();
    }

    /** Rows of random length, some of them empty, one full. */
    private record Pattern(int[] offsets, int[] columns) {
        static Pattern random(Random random, int rows, int cols, double density) {
            var offsets = new int[rows + 1];
            var columns = new int[rows * cols];
            int count = 0;
            for (int r = 0; r < rows; r++) {
                double share = r == 1 ? 1 : r % 5 == 2 ? 0 : density;
                for (int c = 0; c < cols; c++) {
                    if (random.nextDouble() < share) {
                        columns[count++] = c;
                    }
                }
                offsets[r + 1] = count;
            }
            return new Pattern(offsets, Arrays.copyOf(columns, count));
        }

        int entries() {
            return columns.length;
        }
    }

    /** Compressed rows of blocks, of random length, in blocks of {@code width} columns. */
    private record Rows(SparseKernels.Csr layout) {
        static Rows random(Random random, int height, int rows, int cols, int width, double density) {
            int blocks = Math.ceilDiv(cols, width);
            int blockRows = Math.ceilDiv(rows, height);
            var offsets = new int[blocks * blockRows + 1];
            var columns = new char[blockRows * cols];
            int count = 0;
            for (int b = 0; b < blocks; b++) {
                var p = Pattern.random(random, blockRows, Math.min(width, cols - b * width), density);
                for (int r = 0; r < blockRows; r++) {
                    for (int i = p.offsets[r]; i < p.offsets[r + 1]; i++) {
                        columns[count++] = (char) p.columns[i];
                    }
                    offsets[b * blockRows + r + 1] = count;
                }
            }
            return new Rows(new SparseKernels.Csr(height, rows, cols, width, offsets, Arrays.copyOf(columns, count)));
        }

        int values() {
            return layout.columns().length * layout.height();
        }

        void times(SparseKernels kernels, boolean transX, boolean transY, int batch, float[] values, float[] x, int xo,
                int ldx, float[] bias, FusedActivation activation, float[] y, int yo, int ldy) {
            int cut = layout.rows() / 2 / layout.height() * layout.height();
            kernels.csr(layout, values, transX, transY, 0, cut, batch, x, xo, ldx, bias, activation, y, yo, ldy);
            kernels.csr(layout, values, transX, transY, cut, layout.rows(), batch, x, xo, ldx, bias, activation, y, yo,
                    ldy);
        }

        void times(SparseKernels kernels, float[] values, float[] x, int xo, float[] bias, FusedActivation activation,
                float[] y, int yo) {
            int cut = layout.rows() / 2 / layout.height() * layout.height();
            kernels.csrVector(layout, values, 0, cut, x, xo, bias, activation, y, yo);
            kernels.csrVector(layout, values, cut, layout.rows(), x, xo, bias, activation, y, yo);
        }
    }

    private float[] bias(int rows) {
        return random.nextInt(4) == 0 ? null : FloatBits.normal(random, rows);
    }

    @Test
    void compressedRowsTimesABatchHaveTheSameBits() {
        int cols = 37;
        for (int rows : new int[] {1, 4, 11, 16, 21}) {
            var p = Rows.random(random, 1, rows, cols, rows == 4 ? 64 : 16, 0.2);
            for (int batch : BATCHES) {
                for (var activation : FusedActivation.values()) {
                    sameBits(p, batch, activation);
                }
            }
        }
    }

    @Test
    void blocksTimesABatchHaveTheSameBits() {
        for (int height : new int[] {4, 8, 16}) {
            for (int rows : new int[] {1, 4, 7, 16, 18, 35}) {
                var p = Rows.random(random, height, rows, 29, rows == 7 ? 10 : 32, 0.3);
                for (int batch : BATCHES) {
                    sameBits(p, batch, FusedActivation.values()[batch % 2]);
                }
            }
        }
    }

    @Test
    void moreRowsThanTheSumsOfASlotHaveTheSameBits() {
        for (int batch : new int[] {5, 40, 110}) {
            sameBits(Rows.random(random, 1, 1030, 20, 8, 0.2), batch, FusedActivation.RELU);
            sameBits(Rows.random(random, 4, 1030, 20, 32, 0.2), batch, FusedActivation.RELU);
        }
    }

    @Test
    void theWidestBlocksHaveTheSameBits() {
        for (int batch : new int[] {5, 128}) {
            sameBits(Rows.random(random, 1, 3, 1500, 1024, 0.05), batch, FusedActivation.NONE);
            sameBits(Rows.random(random, 8, 3, 1500, 1024, 0.05), batch, FusedActivation.NONE);
        }
    }

    @Test
    void rowsThatShareSetsOfTheCacheHaveTheSameBits() {
        // rows of x 768 and rows of y 512 floats apart
        for (int batch : new int[] {5, 20, 70}) {
            for (int width : new int[] {260, 300, 1024}) {
                sameBits(Rows.random(random, 1, 511, 767, width, 0.02), batch, FusedActivation.RELU);
            }
        }
    }

    @Test
    void manyRowsOfBlocksTimesOneSampleHaveTheSameBits() {
        for (int height : new int[] {4, 8, 16}) {
            for (int rows : new int[] {100, 128, 203}) {
                sameBits(Rows.random(random, height, rows, 60, 32, 0.2), 1, FusedActivation.RELU);
            }
        }
    }

    /** In every layout of x and y, all of them inside larger arrays that must not change elsewhere. */
    private void sameBits(Rows p, int batch, FusedActivation activation) {
        float[] values = FloatBits.normal(random, p.values());
        float[] x = FloatBits.normal(random, 3 + p.layout.cols() * (batch + 2));
        float[] rows = transposed(x, 3, p.layout.cols(), batch + 2, batch);
        float[] bias = bias(p.layout.rows());
        var what = p.layout.height() + " × 1, " + p.layout.rows() + " rows, batch " + batch + ", " + activation;
        float[] expected = new float[5 + p.layout.rows() * (batch + 1)];
        p.times(scalar, false, false, batch, values, x, 3, batch + 2, bias, activation, expected, 5, batch + 1);
        float[] turned = transposed(expected, 5, p.layout.rows(), batch + 1, batch);
        for (var kernels : new SparseKernels[] {scalar, vector}) {
            for (boolean transX : new boolean[] {false, true}) {
                float[] from = transX ? rows : x;
                int xo = transX ? 1 : 3;
                int ldx = transX ? p.layout.cols() + 1 : batch + 2;
                float[] y = new float[expected.length];
                p.times(kernels, transX, false, batch, values, from, xo, ldx, bias, activation, y, 5, batch + 1);
                FloatBits.assertSame(expected, y, what + ", x as rows: " + transX);
                y = new float[turned.length];
                p.times(kernels, transX, true, batch, values, from, xo, ldx, bias, activation, y, 1,
                        p.layout.rows() + 1);
                FloatBits.assertSame(turned, y, what + ", y as rows, x as rows: " + transX);
            }
        }
    }

    /** Features × batch from {@code xo} as rows from 1 that are one wider than they need be. */
    private static float[] transposed(float[] x, int xo, int features, int ldx, int batch) {
        float[] rows = new float[1 + batch * (features + 1)];
        for (int i = 0; i < features; i++) {
            for (int j = 0; j < batch; j++) {
                rows[1 + j * (features + 1) + i] = x[xo + i * ldx + j];
            }
        }
        return rows;
    }

    @Test
    void sampledProductsHaveTheSameBits() {
        for (int batch : new int[] {1, 2, 7, 15, 16, 17, 31, 32, 33, 48, 63, 64, 80, 100, 112, 128, 131, 300}) {
            for (int rows : new int[] {1, 4, 18, 40}) {
                for (int width : new int[] {10, 64}) {
                    var p = Rows.random(random, 1, rows, 37, width, 0.2);
                    float[] g = batch == 33
                            ? FloatBits.mixed(random, rows * batch)
                            : FloatBits.normal(random, rows * batch);
                    float[] x = FloatBits.normal(random, p.layout.cols() * batch);
                    float[] expected = new float[p.values()];
                    float[] actual = new float[p.values()];
                    scalar.sddmm(p.layout, 0, rows, batch, g, x, expected);
                    int cut = rows / 2;
                    vector.sddmm(p.layout, 0, cut, batch, g, x, actual);
                    vector.sddmm(p.layout, cut, rows, batch, g, x, actual);
                    FloatBits.assertSame(expected, actual, rows + " rows, batch " + batch);
                }
            }
        }
    }

    @Test
    void moreRowsThanASlotHasGradientsForAreSampledInParts() {
        var p = Rows.random(random, 1, 1100, 20, 1024, 0.2);
        float[] g = FloatBits.normal(random, 1100 * 130);
        float[] x = FloatBits.normal(random, 20 * 130);
        float[] expected = new float[p.values()];
        float[] actual = new float[p.values()];
        scalar.sddmm(p.layout, 0, 1100, 130, g, x, expected);
        vector.sddmm(p.layout, 0, 1100, 130, g, x, actual);
        FloatBits.assertSame(expected, actual, "1100 rows");
    }

    @Test
    void sampledProductsAreThoseOfDoublePrecision() {
        int batch = 150;
        var p = Rows.random(random, 1, 9, 20, 20, 0.3);
        float[] g = FloatBits.normal(random, 9 * batch);
        float[] x = FloatBits.normal(random, 20 * batch);
        float[] out = new float[p.values()];
        vector.sddmm(p.layout, 0, 9, batch, g, x, out);
        int checked = 0;
        for (int r = 0; r < 9; r++) {
            for (int e = p.layout.offsets()[r]; e < p.layout.offsets()[r + 1]; e++) {
                double sum = 0;
                double absolute = 0;
                for (int s = 0; s < batch; s++) {
                    double product = (double) g[s * 9 + r] * x[s * 20 + p.layout.columns()[e]];
                    sum += product;
                    absolute += Math.abs(product);
                }
                // eight multiply-adds, four foldings, and one addition of two parts
                assertEquals(sum, out[e], 14 * 0x1p-24 * absolute);
                checked++;
            }
        }
        assertTrue(checked > 20);
    }

    @Test
    void productsWithOneVectorHaveTheSameBits() {
        for (int height : new int[] {1, 4, 8, 16}) {
            for (int rows : new int[] {1, 2, 3, 4, 5, 15, 16, 17, 33, 50}) {
                var p = Rows.random(random, height, rows, 41, 16, 0.2);
                float[] values = FloatBits.normal(random, p.values());
                float[] x = FloatBits.normal(random, 2 + 41);
                for (var activation : FusedActivation.values()) {
                    float[] bias = bias(rows);
                    float[] expected = new float[1 + rows];
                    float[] actual = expected.clone();
                    p.times(scalar, values, x, 2, bias, activation, expected, 1);
                    p.times(vector, values, x, 2, bias, activation, actual, 1);
                    FloatBits.assertSame(expected, actual, height + " × 1, " + rows + " rows, " + activation);
                }
            }
        }
    }

    @Test
    void theBitmapLayoutHasTheSameBits() {
        for (int rows : new int[] {1, 16, 33, 64, 65, 130, 200}) {
            for (int cols : new int[] {1, 2, 17, 40}) {
                int groups = Math.ceilDiv(rows, 64);
                var bits = new long[groups * cols];
                var starts = new int[groups + 1];
                for (int i = 0; i < bits.length; i++) {
                    int within = Math.min(64, rows - i / cols * 64);
                    bits[i] = random.nextLong() & -1L >>> 64 - within;
                    bits[i] &= i % 5 == 0 ? 0 : i % 3 == 0 ? -1L : random.nextLong();
                    starts[i / cols + 1] += Long.bitCount(bits[i]);
                }
                Arrays.parallelPrefix(starts, Integer::sum);
                float[] values = FloatBits.normal(random, starts[groups] + SparseKernels.BITMAP_PADDING);
                var w = new SparseKernels.Bitmap(starts, bits, values);
                float[] x = FloatBits.normal(random, 3 + cols);
                float[] bias = bias(rows);
                int cut = Math.min(64, rows);
                for (var activation : FusedActivation.values()) {
                    float[] expected = new float[2 + rows];
                    float[] actual = expected.clone();
                    scalar.bitmapVector(w, 0, rows, cols, x, 3, bias, activation, expected, 2);
                    vector.bitmapVector(w, 0, cut, cols, x, 3, bias, activation, actual, 2);
                    vector.bitmapVector(w, cut, rows, cols, x, 3, bias, activation, actual, 2);
                    FloatBits.assertSame(expected, actual, rows + " × " + cols + ", " + activation);
                }
            }
        }
    }

    @Test
    void infinitiesAndNotANumberPassAlike() {
        int batch = 70;
        var p = Rows.random(random, 1, 19, 20, 8, 0.3);
        float[] values = FloatBits.mixed(random, p.values());
        float[] x = FloatBits.mixed(random, 20 * batch);
        float[] bias = FloatBits.mixed(random, 19);
        for (boolean transY : new boolean[] {false, true}) {
            int ldy = transY ? 19 : batch;
            for (var activation : new FusedActivation[] {FusedActivation.NONE, FusedActivation.RELU}) {
                float[] expected = new float[19 * batch];
                float[] actual = expected.clone();
                p.times(scalar, false, transY, batch, values, x, 0, batch, bias, activation, expected, 0, ldy);
                p.times(vector, false, transY, batch, values, x, 0, batch, bias, activation, actual, 0, ldy);
                FloatBits.assertSame(expected, actual, "special values, " + activation);
            }
        }
    }

    @Test
    void aResultDoesNotDependOnTheBatchItIsIn() {
        int batch = 100;
        var p = Rows.random(random, 1, 13, 40, 16, 0.3);
        float[] values = FloatBits.normal(random, p.values());
        float[] x = FloatBits.normal(random, 40 * batch);
        float[] bias = FloatBits.normal(random, 13);
        float[] together = new float[13 * batch];
        p.times(vector, true, true, batch, values, x, 0, 40, bias, FusedActivation.GELU, together, 0, 13);
        for (int j = 0; j < batch; j++) {
            float[] alone = new float[13];
            p.times(vector, values, x, 40 * j, bias, FusedActivation.GELU, alone, 0);
            FloatBits.assertSame(Arrays.copyOfRange(together, 13 * j, 13 * (j + 1)), alone, "sample " + j);
        }
    }
}

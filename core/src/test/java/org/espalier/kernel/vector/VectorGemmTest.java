package org.espalier.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.Product;
import org.espalier.kernel.ScalarGemmTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
class VectorGemmTest {
    private final Random random = new Random(11);
    private Kernels vector;

    @BeforeEach
    void needsTheModule() {
        vector = VectorKernelsTest.assumePresent();
    }

    @Test
    void everySizeAroundTheTilesGivesTheBitsOfTheScalarKernels() {
        int[] rows = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 16, 23, 24, 25};
        int[] columns = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 127, 128, 129};
        int[] depths = {0, 1, 2, 3, 5, 8, 15, 16, 17, 33};
        int turn = 0;
        for (int m : rows) {
            for (int n : columns) {
                for (int k : depths) {
                    for (int trans = 0; trans < 4; trans++) {
                        check(trans, m, n, k, turn % 3, turn++ % 2 == 1);
                    }
                }
            }
        }
    }

    @Test
    void severalBlocksOfEveryIndexGiveTheBitsOfTheScalarKernels() {
        int[][] shapes = {
            {245, 40, 300}, {13, 1030, 270}, {250, 33, 257}, {1, 500, 600}, {3, 1100, 513}, {64, 10, 100},
            {300, 64, 784}, {64, 300, 784}, {10, 100, 64}, {500, 7, 260}, {2, 130, 1000}, {6, 2050, 20},
            {250, 65, 390}, {7, 130, 1100}, {40, 1024, 130}, {1, 300, 785}
        };
        for (int[] shape : shapes) {
            for (int trans = 0; trans < 4; trans++) {
                check(trans, shape[0], shape[1], shape[2], 0, false);
                check(trans, shape[0], shape[1], shape[2], 5, true);
            }
        }
    }

    @Test
    void randomShapesGiveTheBitsOfTheScalarKernels() {
        for (int i = 0; i < 1500; i++) {
            int scale = 1 << random.nextInt(8);
            check(random.nextInt(4), 1 + random.nextInt(scale), 1 + random.nextInt(scale), random.nextInt(2 * scale),
                    random.nextInt(20), random.nextBoolean());
        }
    }

    @Test
    void specialValuesGiveTheBitsOfTheScalarKernels() {
        float[] special = {
            0f, -0f, 1f, -1f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE,
            -Float.MIN_NORMAL, Float.MAX_VALUE, 1e-30f
        };
        for (int i = 0; i < 300; i++) {
            var product = Product.random(random, random.nextBoolean(), random.nextBoolean(), 1 + random.nextInt(14),
                    1 + random.nextInt(40), 1 + random.nextInt(5), 2, random.nextBoolean());
            for (float[] x : new float[][] {product.a(), product.b(), product.c()}) {
                for (int j = 0; j < x.length; j++) {
                    x[j] = special[random.nextInt(special.length)];
                }
            }
            product.assertBits(product.by(Kernels.scalar()), product.by(vector));
        }
    }

    @Test
    void aRowsBitsDoNotDependOnTheRowsBesideIt() {
        int n = 70;
        int k = 300;
        var all = Product.random(random, false, true, 64, n, k, 0, false);
        float[] whole = all.by(vector);
        for (int rows = 1; rows <= 64; rows += 7) {
            float[] part = new float[rows * n];
            vector.gemm(false, true, rows, n, k, all.a(), 0, k, all.b(), 0, k, false, part, 0, n);
            assertEquals(-1, Arrays.mismatch(part, Arrays.copyOf(whole, rows * n)), rows + " rows");
        }
    }

    @Test
    void errorsStayWithinTheBoundOfHigham() {
        for (int k : new int[] {1, 33, 500, 3000}) {
            ScalarGemmTest.assertErrorBound(Product.random(random, true, false, 40, 50, k, 1, false), vector);
        }
    }

    private void check(int trans, int m, int n, int k, int pad, boolean accumulate) {
        var product = Product.random(random, (trans & 1) != 0, (trans & 2) != 0, m, n, k, pad, accumulate);
        float[] expected = product.by(Kernels.scalar());
        product.assertBits(expected, product.by(vector));
        product.assertBits(expected, product.byPacked(vector));
    }
}

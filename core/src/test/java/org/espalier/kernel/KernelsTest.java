package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.espalier.kernel.vector.VectorKernelsTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The two implementations side by side, where no narrower test compares them. */
@Tag("kernel-width")
class KernelsTest {
    private final Random random = new Random(17);
    private final Kernels scalar = Kernels.scalar();
    private Kernels vector;

    @BeforeEach
    void needsTheModule() {
        vector = VectorKernelsTest.assumePresent();
    }

    @Test
    void softmaxRowsHaveTheSameBits() {
        for (int cols : new int[] {1, 2, 3, 10, 15, 16, 17, 100, 4096, 5000, 9000}) {
            for (int rows : new int[] {1, 2, 5}) {
                compareRows(rows, cols, FloatBits.normal(random, rows * cols + 1));
                compareRows(rows, cols, FloatBits.mixed(random, rows * cols + 1));
            }
        }
        compareRows(1000, 10, FloatBits.normal(random, 10_001));
    }

    private void compareRows(int rows, int cols, float[] x) {
        String what = rows + " × " + cols;
        float[] expected = new float[rows * cols + 2];
        float[] actual = new float[rows * cols + 2];
        scalar.softmax(rows, cols, x, 1, expected, 2);
        vector.softmax(rows, cols, x, 1, actual, 2);
        FloatBits.assertSame(expected, actual, "softmax " + what);
        scalar.logSoftmax(rows, cols, x, 1, expected, 2);
        vector.logSoftmax(rows, cols, x, 1, actual, 2);
        FloatBits.assertSame(expected, actual, "log-softmax " + what);
        FloatBits.assertSame(scalar.logSumExp(x, 1, cols), vector.logSumExp(x, 1, cols), "log-sum-exp " + what);
        float[] inPlace = x.clone();
        vector.logSoftmax(rows, cols, inPlace, 1, inPlace, 1);
        for (int i = 0; i < rows * cols; i++) {
            FloatBits.assertSame(expected[2 + i], inPlace[1 + i], "log-softmax in place " + what);
        }
    }

    @Test
    void linearLayersHaveTheSameBits() {
        for (FusedActivation activation : FusedActivation.values()) {
            for (int m : new int[] {1, 2, 7, 40}) {
                for (int n : new int[] {1, 10, 33, 64}) {
                    compareLinear(m, n, 50, activation, true);
                    compareLinear(m, n, 3, activation, false);
                }
            }
        }
    }

    private void compareLinear(int m, int n, int k, FusedActivation activation, boolean withBias) {
        float[] x = FloatBits.normal(random, m * k + 1);
        float[] w = FloatBits.normal(random, n * k + 2);
        float[] bias = withBias ? FloatBits.normal(random, n + 3) : null;
        float[] expected = new float[4 + m * (n + 1)];
        float[] actual = expected.clone();
        scalar.linear(m, n, k, x, 1, w, 2, bias, 3, activation, expected, 4, n + 1);
        vector.linear(m, n, k, x, 1, w, 2, bias, 3, activation, actual, 4, n + 1);
        FloatBits.assertSame(expected, actual, "linear " + activation);
        for (Kernels kernels : new Kernels[] {scalar, vector}) {
            float[] packed = new float[4 + m * (n + 1)];
            kernels.linearPacked(m, x, 1, kernels.pack(true, k, n, w, 2, k), bias, 3, activation, packed, 4, n + 1);
            FloatBits.assertSame(expected, packed, "linear packed by " + kernels.name());
        }
    }

    @Test
    void severalThreadsMayShareTheKernels() throws InterruptedException {
        var product = Product.random(random, false, true, 50, 70, 90, 1, false);
        float[] expected = product.by(scalar);
        var failure = new AtomicReference<Throwable>();
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = new Thread(() -> {
                try {
                    for (int i = 0; i < 50; i++) {
                        product.assertBits(expected, product.by(vector));
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(null, failure.get());
    }
}

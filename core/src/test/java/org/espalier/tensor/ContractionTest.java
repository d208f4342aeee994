package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.espalier.trials.Promise;
import org.espalier.trials.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ContractionTest {
    private static final double U = 0x1p-24;
    private static final int[] SIZES = {0, 1, 2, 3, 7, 31};
    private static final int LARGEST = 600;

    private final Values values = new Values(17);
    private long elements;
    private long beyondSoftBar;

    /**
     * The grid of the level-3 BLAS tester: six sizes for each of m, n and k, nine pairs of transpositions (the
     * conjugate transpose is the transpose), three factors of the product and three of what it is added to. Its bar is
     * 16 times the rounding unit times |α||A||B| + |β||C|.
     */
    @Test
    @Tag("trials")
    void theGridOfTheBlasTesterStaysBelowItsBar() throws Exception {
        Trials.of(Promise.PRODUCT_GRID, "calls").run(trials -> {
            for (int m : SIZES) {
                for (int n : SIZES) {
                    for (int k : SIZES) {
                        for (int transposed = 0; transposed < 9; transposed++) {
                            factors(m, n, k, transposed % 3 > 0, transposed / 3 > 0, trials);
                        }
                    }
                }
            }
        });
    }

    private void factors(int m, int n, int k, boolean transposeA, boolean transposeB, Trials trials) {
        var a = transposeA ? values.tensor(k, m).transpose() : values.tensor(m, k);
        var b = transposeB ? values.tensor(n, k).transpose() : values.tensor(k, n);
        var c = values.tensor(m, n);
        double[] product = multiply(m, n, k, a, b);
        double[] magnitude = multiply(m, n, k, a.abs(), b.abs());
        double[] added = Doubles.of(c.toArray());
        for (float alpha : new float[] {0, 1, 0.7f}) {
            for (float beta : new float[] {0, 1, 1.3f}) {
                float[] found = a.matmul(b).times(alpha).plus(c.times(beta)).toArray();
                assertEquals(m * n, found.length);
                for (int i = 0; i < found.length; i++) {
                    double exact = alpha * product[i] + beta * added[i];
                    double bar = U * (alpha * magnitude[i] + beta * Math.abs(added[i]));
                    double ratio = bar == 0 ? Math.abs(found[i]) : Math.abs(found[i] - exact) / bar;
                    assertTrue(ratio < 16, () -> m + "×" + n + "×" + k + ": ratio " + ratio);
                }
                trials.add(1);
            }
        }
    }

    /**
     * Every element is within Higham's bound k·u·|A||B|. The soft bar, 4·√k for all but one element in a thousand, is
     * what rounding errors of random signs give.
     */
    @Test
    @Tag("trials")
    void productsOfAnySizeStayWithinTheErrorBound() throws Exception {
        Trials.of(Promise.PRODUCTS, "shapes").each(number -> {
            int most = number % 4 == 0 ? LARGEST : 80;
            check(1 + values.below(most), 1 + values.below(most), 1 + values.below(LARGEST), values.chance(0.5),
                    values.chance(0.5));
        });
        assertTrue(beyondSoftBar <= elements / 1000, beyondSoftBar + " of " + elements);
    }

    private void check(int m, int n, int k, boolean transposeA, boolean transposeB) {
        var a = transposeA ? values.tensor(k, m).transpose() : values.tensor(m, k);
        var b = transposeB ? values.tensor(n, k).transpose() : values.tensor(k, n);
        float[] product = a.matmul(b).toArray();
        double[] exact = multiply(m, n, k, a, b);
        double[] magnitude = multiply(m, n, k, a.abs(), b.abs());
        assertEquals(m * n, product.length);
        for (int i = 0; i < product.length; i++) {
            double ratio = magnitude[i] == 0 ? 0 : Math.abs(product[i] - exact[i]) / (U * magnitude[i]);
            assertTrue(ratio <= 1.01 * k, () -> m + "×" + n + "×" + k + ": ratio " + ratio);
            beyondSoftBar += ratio > 4 * Math.sqrt(k) ? 1 : 0;
            elements++;
        }
    }

    private static double[] multiply(int m, int n, int k, Tensor a, Tensor b) {
        var product = new DMatrixRMaj(m, n);
        if (m > 0 && n > 0 && k > 0) {
            CommonOps_DDRM.mult(
                    new DMatrixRMaj(m, k, true, Doubles.of(a.toArray())),
                    new DMatrixRMaj(k, n, true, Doubles.of(b.toArray())), product);
        }
        return product.data;
    }

    @Test
    void aRowHasTheSameBitsAloneAndInABatch() {
        var x = values.tensor(37, 50);
        var w = values.tensor(29, 50);
        var b = values.tensor(29);
        float[] all = x.linear(w, b).toArray();
        for (int row = 0; row < 37; row++) {
            float[] alone = x.slice(0, row, row + 1).linear(w, b).toArray();
            assertArrayEquals(alone, Arrays.copyOfRange(all, row * 29, (row + 1) * 29));
        }
        assertArrayEquals(x.matmul(w.transpose()).plus(b).toArray(), all);
    }

    @Test
    void leadingAxesOfOneAreRepeated() {
        var a = values.tensor(3, 2, 4);
        var b = values.tensor(1, 4, 5);
        float[] product = a.matmul(b).toArray();
        for (int i = 0; i < 3; i++) {
            var one = a.slice(0, i, i + 1).reshape(2, 4).matmul(b.reshape(4, 5));
            assertArrayEquals(one.toArray(), Arrays.copyOfRange(product, i * 10, (i + 1) * 10));
        }
    }

    @Test
    void aProductOverNothingIsZero() {
        assertArrayEquals(new float[6], Tensor.zeros(Shape.of(2, 0)).matmul(Tensor.zeros(Shape.of(0, 3))).toArray());
        var bias = Tensor.vector(1, 2);
        var y = Tensor.zeros(Shape.of(2, 0)).linear(Tensor.zeros(Shape.of(2, 0)), bias);
        assertArrayEquals(new float[] {1, 2, 1, 2}, y.toArray());
    }

    @Test
    void emptyBatchesHaveGradients() {
        var x = Tensor.zeros(Shape.of(0, 3)).withGrad();
        var w = values.tensor(2, 3).withGrad();
        var b = values.tensor(2).withGrad();
        var gradients = x.linear(w, b).sum().backward();
        assertArrayEquals(new float[6], gradients.of(w).toArray());
        assertArrayEquals(new float[2], gradients.of(b).toArray());
        assertEquals(Shape.of(0, 3), gradients.of(x).shape());
    }

    /** y = x·Wᵀ + b with x = [1, 2], W = [[3, 4], [5, 6]], b = [7, 8]. */
    @Test
    void aHandWorkedLayerAndItsGradients() {
        var x = Tensor.vector(1, 2).withGrad();
        var w = Tensor.matrix(new float[] {3, 4}, new float[] {5, 6}).withGrad();
        var b = Tensor.vector(7, 8).withGrad();
        var y = x.linear(w, b);
        assertArrayEquals(new float[] {18, 25}, y.toArray());
        var gradients = y.backward(Tensor.vector(1, 10));
        assertArrayEquals(new float[] {53, 64}, gradients.of(x).toArray());
        assertArrayEquals(new float[] {1, 2, 10, 20}, gradients.of(w).toArray());
        assertArrayEquals(new float[] {1, 10}, gradients.of(b).toArray());
    }

    @Test
    void aForgottenTransposeIsHintedAt() {
        var message = assertThrows(ShapeException.class, () -> values.tensor(2, 3).matmul(values.tensor(4, 3)))
                .getMessage();
        assertEquals("matmul: inner sizes differ (did you mean b.transpose()?): [2, 3] and [4, 3]", message);
    }
}

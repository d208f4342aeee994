package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

public class ScalarGemmTest {
    private final Random random = new Random(7);

    @Test
    void everyElementIsOneAscendingChain() {
        for (int combination = 0; combination < 8; combination++) {
            for (int m = 1; m <= 3; m++) {
                for (int n : new int[] {1, 2, 17, 513}) {
                    for (int k : new int[] {0, 1, 3, 4, 5, 65}) {
                        var product = Product.random(random, (combination & 1) != 0, (combination & 2) != 0, m, n, k,
                                combination % 3, (combination & 4) != 0);
                        product.assertBits(product.byDefinition(), product.by(Kernels.scalar()));
                    }
                }
            }
        }
    }

    /** Higham, Accuracy and Stability of Numerical Algorithms, (3.13): |c − ĉ| ≤ γ_k |A||B|, whatever the order. */
    @Test
    void errorsStayWithinTheBoundOfHigham() {
        for (int k : new int[] {1, 10, 100, 784, 2000}) {
            assertErrorBound(Product.random(random, false, true, 20, 30, k, 0, false), Kernels.scalar());
        }
    }

    /** The ratio error / (u |A||B|) is at most 1.01 k, and for 99.9 % of the elements at most 4 √k. */
    public static void assertErrorBound(Product product, Kernels kernels) {
        int m = product.m();
        int n = product.n();
        int k = product.k();
        var a = new DMatrixRMaj(m, k);
        var b = new DMatrixRMaj(k, n);
        for (int p = 0; p < k; p++) {
            for (int i = 0; i < m; i++) {
                a.set(i, p, product.a(i, p));
            }
            for (int j = 0; j < n; j++) {
                b.set(p, j, product.b(p, j));
            }
        }
        var exact = new DMatrixRMaj(m, n);
        CommonOps_DDRM.mult(a, b, exact);
        CommonOps_DDRM.abs(a);
        CommonOps_DDRM.abs(b);
        var scale = new DMatrixRMaj(m, n);
        CommonOps_DDRM.mult(a, b, scale);
        float[] c = product.by(kernels);
        int beyondSoft = 0;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double error = Math.abs(c[product.pad() + i * product.ldc() + j] - exact.get(i, j));
                double ratio = error / (0x1p-24 * scale.get(i, j));
                assertTrue(ratio <= 1.01 * k, () -> ratio + " of " + product);
                beyondSoft += ratio > 4 * Math.sqrt(k) ? 1 : 0;
            }
        }
        assertEquals(0, beyondSoft / (m * n / 1000 + 1), () -> "soft bound of " + product);
    }
}

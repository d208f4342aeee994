package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class McNemarTest {
    @Test
    void smallCountsByHand() {
        assertEquals(1, new McNemar(0, 0).pValue());
        // 2 · (1/2)⁴.
        assertEquals(0.125, new McNemar(4, 0).pValue(), 1e-15);
        // 2 · (C(12, 0) + C(12, 1)) / 2¹².
        assertEquals(26 / 4096.0, new McNemar(11, 1).pValue(), 1e-15);
        assertEquals(26 / 4096.0, new McNemar(1, 11).pValue(), 1e-15);
        assertEquals(1, new McNemar(5, 5).pValue());
    }

    @Test
    void largerCountsAgainstWholeNumbers() {
        for (int first = 0; first <= 300; first += 50) {
            for (int second = 0; second <= 300; second += 75) {
                assertEquals(exact(first, second), new McNemar(first, second).pValue(), 1e-11);
            }
        }
        assertTrue(new McNemar(1_000_000, 1_003_000).pValue() > 0.01);
        assertEquals(0, new McNemar(1_000_000, 2_000_000).pValue());
    }

    /** 2·Σ C(n, k) / 2ⁿ in integers. */
    private static double exact(int first, int second) {
        int n = first + second;
        var sum = BigInteger.ZERO;
        var choose = BigInteger.ONE;
        for (int k = 0; k <= Math.min(first, second); k++) {
            sum = sum.add(choose);
            choose = choose.multiply(BigInteger.valueOf(n - k)).divide(BigInteger.valueOf(k + 1));
        }
        var whole = new java.math.BigDecimal(sum.multiply(BigInteger.TWO))
                .divide(new java.math.BigDecimal(BigInteger.TWO.pow(n)), java.math.MathContext.DECIMAL64);
        return Math.min(1, whole.doubleValue());
    }

    @Test
    void onlyDisagreementsCount() {
        var first = Answers.of(true, true, true, false, false);
        var second = Answers.of(true, false, false, true, false);

        assertEquals(new McNemar(2, 1), McNemar.of(first, second));
        assertThrows(IllegalArgumentException.class, () -> McNemar.of(first, Answers.of(true)));
        assertThrows(IllegalArgumentException.class, () -> new McNemar(-1, 0));
    }
}

package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.compressed.ActivationScale;
import org.junit.jupiter.api.Test;

class PercentileTest {
    private static final float[] VALUES = {100, -1, 0, 5, -4, 9, 3, 2};

    @Test
    void thePercentileIsTheValueOfThatRankFromEitherEnd() {
        // 75 % of 8 is 6: the sixth from below is 5, the sixth from above is 0.
        assertEquals(ActivationScale.of(0, 5), new Percentile(75).scale(VALUES));
        // 80 % of 8 is 6.4: the seventh is 9, and −1 from above.
        assertEquals(ActivationScale.of(-1, 9), new Percentile(80).scale(VALUES));
    }

    @Test
    void allOfThemIsTheWholeRange() {
        assertEquals(new MinMax().scale(VALUES), new Percentile(100).scale(VALUES));
    }

    @Test
    void halfAndLessIsNoPercentile() {
        assertThrows(IllegalArgumentException.class, () -> new Percentile(50));
        assertThrows(IllegalArgumentException.class, () -> new Percentile(Double.NaN));
    }
}

package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.espalier.compressed.ActivationScale;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {

    @Test
    void theRangeWithTheLeastErrorWins() {
        // A thousand halves and 255. At 100 %, scale 1, a half is off by 0.5: 1000·0.25 = 250. At 99 %, scale 0.99, by
        // 0.49, and 255 by 2.55: 240.1 + 6.5 = 246.6. At 98 %: 230.4 + 26.0; at 97 %: 220.9 + 58.5; then only worse.
        var values = new float[1001];
        Arrays.fill(values, 0.5f);
        values[1000] = 255;

        assertEquals(ActivationScale.of(0, 0.99f * 255), new LeastSquares().scale(values));
    }

    @Test
    void nothingIsClippedForNothing() {
        assertEquals(new ActivationScale(1, -28), new LeastSquares().scale(new float[] {-100, 155, 7}));
    }
}

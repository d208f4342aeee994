package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.compressed.ActivationScale;
import org.junit.jupiter.api.Test;

class MinMaxTest {

    @Test
    void theCodesReachFromTheLeastToTheLargest() {
        // 255 steps of 2 from −100; zero is 50 steps above −128.
        assertEquals(new ActivationScale(2, -78), new MinMax().scale(new float[] {3, 410, -100, 0}));
    }
}

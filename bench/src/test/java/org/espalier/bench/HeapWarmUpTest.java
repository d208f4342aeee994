package org.espalier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeapWarmUpTest {
    @Test
    void twiceTheYoungGenerationIsWritten() {
        assertEquals("-Xmn128m", HeapWarmUp.FLAG);
        assertEquals(2 * 128L << 20, HeapWarmUp.run());
    }
}

package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RemainderTest {
    @Test
    void onlyUnusualRulesAreSaid() {
        assertEquals("", Remainder.SCALED.suffix());
        assertEquals(" tail dense", Remainder.DENSE.suffix());
    }
}

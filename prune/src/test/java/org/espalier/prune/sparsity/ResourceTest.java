package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ResourceTest {
    @Test
    void theWordForAResourceIsItsNameInSmallLetters() {
        assertEquals("flops", Resource.FLOPS.text());
    }
}

package org.espalier.prune.secondorder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ReconstructedTest {
    @Test
    void itSaysWhatBecameOfALayer() {
        var result = new Reconstructed("fc1", 3, 6, 2.5, 1.5);

        assertEquals("Reconstructed[layer=fc1, kept=3, size=6, masked=2.5, repaired=1.5]", result.toString());
    }
}

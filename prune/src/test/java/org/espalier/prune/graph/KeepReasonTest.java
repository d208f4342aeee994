package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class KeepReasonTest {

    @Test
    void endsASentenceAboutAUnit() {
        assertEquals("is an output of the model", KeepReason.OUTPUT.toString());
        for (var obstacle : KeepReason.values()) {
            assertFalse(obstacle.toString().endsWith("."), obstacle.name());
        }
    }
}

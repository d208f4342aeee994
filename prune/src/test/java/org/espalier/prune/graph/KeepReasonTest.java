package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class KeepReasonTest {

    @Test
    void endsASentenceAboutAUnit() {
        assertEquals("is an output of the model", KeepReason.OUTPUT.toString());
        for (var kind : KeepReason.Kind.values()) {
            assertFalse(new KeepReason(kind, "").toString().endsWith("."), kind.name());
        }
    }

    @Test
    void namesTheLayerThatIsTheReason() {
        assertEquals(
                "touches layer mine1 (Mine), which does not say how its features depend on one another",
                KeepReason.unknown("mine1 (Mine)").toString());
    }
}

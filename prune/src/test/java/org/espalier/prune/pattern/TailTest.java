package org.espalier.prune.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TailTest {
    @Test
    void onlyUnusualRulesAreSaid() {
        assertEquals("", Tail.SCALED.suffix());
        assertEquals(" tail dense", Tail.DENSE.suffix());
    }
}

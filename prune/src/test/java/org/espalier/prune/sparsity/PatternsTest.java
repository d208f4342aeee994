package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
    @Test
    void everyPatternReadsBackFromItsText() {
        List<SparsityPattern> patterns = List.of(
                new Weights(),
                new Neurons(),
                new Inputs(),
                Blocks.of(4, 1),
                new Blocks(1, 4, Remainder.DENSE),
                NM.poolsOf(4),
                NM.rows(),
                new NM(32, Remainder.REJECTED));

        for (var pattern : patterns) {
            assertEquals(pattern, Patterns.parse(pattern.text()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "weight", "blocks 4", "blocks 0x4", "pools of 1", "neurons tail", "weights tail dense"})
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Patterns.parse(text));
    }
}

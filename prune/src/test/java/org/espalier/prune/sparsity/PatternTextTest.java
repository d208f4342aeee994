package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTextTest {
    @Test
    void everyPatternReadsBackFromItsText() {
        List<SparsityPattern> patterns = List.of(
                SparsityPattern.weights(),
                SparsityPattern.neurons(),
                SparsityPattern.inputs(),
                SparsityPattern.blocks(4, 1),
                new SparsityPattern.Blocks(1, 4, SparsityPattern.Remainder.DENSE),
                SparsityPattern.nm(4),
                SparsityPattern.rows(),
                new SparsityPattern.NM(32, SparsityPattern.Remainder.REJECTED));

        for (var pattern : patterns) {
            assertEquals(pattern, SparsityPattern.parse(pattern.text()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "weight", "blocks 4", "blocks 0x4", "pools of 1", "neurons tail", "weights tail dense"})
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> SparsityPattern.parse(text));
    }
}

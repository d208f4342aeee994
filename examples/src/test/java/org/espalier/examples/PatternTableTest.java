package org.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PatternTableTest {
    private static PresetTrial.Result result(double score, long weights) {
        return new PresetTrial.Result(score, weights, 2 * weights, 10 * weights);
    }

    @Test
    void aRowPairsThePatternWithSingleWeightsSeedBySeed() {
        var row = new PatternTable.Row("1:8", List.of(result(0.90, 1000), result(0.92, 1000)),
                List.of(result(0.93, 1000), result(0.93, 1000)));
        var table = new PatternTable("digits", "A network.", "accuracy", List.of(result(0.95, 8000)), List.of(row));
        var text = table.markdown();

        // −3 and −1 points: −2 on average, with a standard error of 1; t of one degree of freedom is 12.706.
        assertEquals(-2, row.difference().mean(), 1e-9);
        assertTrue(text.contains("| 1:8 | 1,000 | 93.00 ± 0.00 | 91.00 ± 1.41 | −2.00 [−14.71, +10.71] "
                + "| 10,000, 10,000 | 2,000, 2,000 |\n"), text);
        assertTrue(text.contains("A network. Dense: 95.00 ± 0.00 %, 8,000 weights, 80,000 bytes, 16,000 FLOPs.\n"),
                text);
    }
}

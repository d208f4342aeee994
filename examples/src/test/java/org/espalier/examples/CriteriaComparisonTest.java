package org.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.espalier.nn.metrics.Answers;
import org.espalier.prune.criterion.Criterion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CriteriaComparisonTest {
    private static final ComparisonTable TABLE = new ComparisonTable(2, 3, List.of(0.9, 0.99), List.of(
            ComparisonTable.Outcome.dense(false, 1, wrong(2)),
            ComparisonTable.Outcome.dense(false, 2, wrong(4)),
            new ComparisonTable.Outcome("a", "weights", false, 0.9, 1, 10, 0.5, wrong(10)),
            new ComparisonTable.Outcome("a", "weights", false, 0.9, 2, 10, 0.3, wrong(12)),
            new ComparisonTable.Outcome("b", "weights", false, 0.9, 1, 10, 0.5, wrong(20)),
            new ComparisonTable.Outcome("b", "weights", false, 0.9, 2, 10, 0.5, wrong(20))));

    /** Answers to 100 samples of which the first so many are wrong. */
    private static Answers wrong(int count) {
        var right = new boolean[100];
        Arrays.fill(right, count, 100, true);
        return Answers.of(right);
    }

    @Test
    void everyCriterionTakesPart() {
        var names = Contender.all().stream().map(Contender::name).collect(Collectors.toSet());

        assertTrue(names.containsAll(Criterion.all().stream().map(Criterion::text).toList()), names.toString());
    }

    @Test
    void aCellIsMeanAndDeviationOverTheSeedsAndTheBestOfItsColumnBold() {
        var text = markdown();

        // The mean of 10 and 12 is 11, their deviation √2; of 0.5 and 0.3 it is 0.4.
        assertTrue(text.contains("| a | weights | **11.00 ± 1.41** (40.0) |  |"), text);
        assertTrue(text.contains("| b | weights | 20.00 ± 0.00 (50.0) |  |"), text);
        assertTrue(text.contains("| (dense) |  | 3.00 ± 1.41 | 3.00 ± 1.41 |"), text);
    }

    @Test
    void aCellHasItsIntervalAndIsHeldAgainstDenseSeedBySeed() {
        var text = markdown();

        // t of one degree of freedom is 12.706; the deviation of the mean is 1 point, so 11 ± 12.71.
        assertTrue(text.contains("| a | weights | 11.00 [-1.71, 23.71] |  |"), text);
        // 8 points are lost for both seeds: 8 images that only the dense network has right, p = 2/2⁸ each.
        assertTrue(text.contains("| a | weights | +8.00 [+8.00, +8.00], p = 0.001, 2 of 2, *inferior* |  |"), text);
    }

    @Test
    void networksWithBatchNormsAreHeldAgainstTheirOwnDense() {
        var cell = AgainstDense.of(List.of(
                ComparisonTable.Outcome.dense(false, 1, wrong(50)),
                ComparisonTable.Outcome.dense(true, 1, wrong(3)),
                new ComparisonTable.Outcome("c", "neurons", true, 0.9, 1, 10, 0.5, wrong(3))));

        assertEquals(0, cell.getFirst().comparison().drop().mean());
    }

    private static String markdown() {
        return TABLE.markdown(AgainstDense.of(TABLE.outcomes()));
    }

    @Test
    void theResultsAreATableJsonAndAPlot(@TempDir Path folder) throws IOException {
        TABLE.write(folder);

        assertEquals(markdown(), Files.readString(folder.resolve("criteria.md")));
        assertTrue(Files.readString(folder.resolve("criteria.json")).contains("\"keptWeights\": 10"));
        assertEquals(1100, ImageIO.read(folder.resolve("criteria.png").toFile()).getWidth());
    }
}

package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CriteriaTableTest {
    @Test
    void whatACriterionNeedsAndScoresIsFoundByTrying() {
        var lines = CriteriaTable.markdown(List.of(new Fpgm(), Taylor.GROUP)).lines().toList();

        assertEquals("| fpgm | Σⱼ ‖wᵢ − wⱼ‖₂ |  |  | ✓ | ✓ |  |  | He et al. 2019 |", lines.get(2));
        assertEquals(
                "| taylor group | mean over batches of (Σ g·w)² | yes | ✓ | ✓ | ✓ | ✓ | ✓ | Molchanov et al. 2019 |",
                lines.get(3));
    }

    @Test
    void theReadmeHoldsTheTable() throws Exception {
        var readme = Files.readString(Path.of(System.getProperty("basedir", ""), "README.md").toAbsolutePath());

        assertTrue(readme.contains(CriteriaTable.markdown(Criterion.all())),
                "put this into prune/README.md:\n" + CriteriaTable.markdown(Criterion.all()));
    }
}

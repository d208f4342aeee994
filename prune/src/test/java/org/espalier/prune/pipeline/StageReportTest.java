package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StageReportTest {
    @Test
    void theMeasuresAfterAreThoseOfTheStepThatWasKept() {
        assertEquals(Map.of("loss", 4.0), report(2).after());
        assertEquals(Map.of("loss", 2.0), report(1).after());
        assertEquals(Map.of("loss", 0.0), report(0).after());
        assertEquals(Map.of("loss", 3.0), report(1).pruned());
    }

    @Test
    void aStageIsRolledBackIfItsLastStepWasNotKept() {
        assertFalse(report(2).rolledBack());
        assertTrue(report(1).rolledBack());
    }

    private static StageReport report(int kept) {
        return new StageReport(
                "a",
                "b",
                Map.of("loss", 0.0),
                List.of(
                        new StepReport(1, 10, 5, Map.of("loss", 1.0), Map.of("loss", 2.0)),
                        new StepReport(2, 10, 8, Map.of("loss", 3.0), Map.of("loss", 4.0))),
                kept,
                List.of(),
                List.of(),
                List.of(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}

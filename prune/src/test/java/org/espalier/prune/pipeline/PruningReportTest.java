package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.prune.graph.CollapseRisk;
import org.junit.jupiter.api.Test;

class PruningReportTest {
    private static final PruningReport REPORT = new PruningReport(
            7,
            Map.of("accuracy", 0.98),
            List.of(new LayerReport("fc1", 235200, 235200, 942004, 470400)),
            List.of(
                    new StageReport(
                            "global",
                            "magnitude l1 | weights",
                            Map.of("accuracy", 0.98),
                            List.of(
                                    step(1, 117600, 0.97, 0.981),
                                    step(2, 211680, 0.9, 0.979)),
                            2,
                            List.of(new LayerReport("fc1", 235200, 23520, 123480, 47040)),
                            List.of(),
                            List.of(),
                            OptionalDouble.of(12.5),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(216000)),
                    new StageReport(
                            "too much",
                            "random | weights",
                            Map.of("accuracy", 0.979),
                            List.of(step(1, 235200, 0.1, Double.NaN)),
                            0,
                            List.of(new LayerReport("fc1", 235200, 23520, 123480, 47040)),
                            List.of(
                                    new StageFact("fc1", "error", 0.25),
                                    new StageFact("fc2", "error", Double.NaN)),
                            List.of(
                                    new CollapseRisk(CollapseRisk.Kind.EMPTY_LAYER, "fc2", 0),
                                    new CollapseRisk(CollapseRisk.Kind.CONSTANT_OUTPUTS, "", 10)),
                            OptionalDouble.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty())),
            Optional.of(new TestReport(
                    Map.of("accuracy", new TestReport.Change(0.97, 0.96)),
                    List.of(
                            new TestReport.ClassChange(0, 900, 0.99, 0.98),
                            new TestReport.ClassChange(1, 0, Double.NaN, Double.NaN)))));

    private static StepReport step(int step, int removed, double pruned, double retrained) {
        return new StepReport(step, 235200, removed, Map.of("accuracy", pruned), Map.of("accuracy", retrained));
    }

    @Test
    void theReportReadsBackFromItsJson() throws Exception {
        var text = REPORT.toJson().compact();
        var read = PruningReport.fromJson((Json.Obj) Json.parse(text));

        assertEquals(REPORT, read);
        assertEquals(text, read.toJson().compact());
    }

    @Test
    void theEndIsWhatTheLastStageLeft() {
        assertEquals(Map.of("accuracy", 0.979), REPORT.after());
        assertEquals(23520, REPORT.total().kept());
        assertEquals(0.1, REPORT.total().density());
    }

    @Test
    void theTableIsForPeople() {
        assertEquals(
                """
                stage             kept   kept %     bytes      FLOPs  accuracy: before, pruned, after
                (start)         235200   100.00    942004     470400   0.98000
                global           23520    10.00    123480      47040   0.98000  0.90000  0.97900
                    211680 of 235200 units removed, though 216000 were asked for: floors keep layers from collapsing; \
                a lower floor removes more
                    predicted latency: 12.50 µs
                too much         23520    10.00    123480      47040   0.97900  0.10000  0.97900
                    rolled back to the model before the stage: the drop exceeds the tolerance
                    risk: layer collapse: layer 'fc2' has no weight left
                    risk: layer collapse: 10 outputs are the same for every input

                layer             kept   kept %     bytes      FLOPs   weights
                fc1              23520    10.00    123480      47040    235200

                test                  samples    before     after
                accuracy                        0.97000   0.96000
                class 0                   900   0.99000   0.98000
                class 1                     0       NaN       NaN
                """,
                REPORT.toTable());
    }

    @Test
    void aReportThatContradictsItselfIsRefused() {
        var text = REPORT.toJson().compact().replace("\"keptStep\":2", "\"keptStep\":3");

        assertThrows(FormatException.class, () -> PruningReport.fromJson((Json.Obj) Json.parse(text)));
        assertThrows(FormatException.class, () -> PruningReport.fromJson(Json.object()));
    }
}

package org.espalier.examples.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.espalier.examples.report.RunRecord;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.prune.pipeline.LayerReport;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.prune.pipeline.StageReport;
import org.espalier.prune.pipeline.StepReport;
import org.junit.jupiter.api.Test;

class AccuracyFigureTest {
    private static PruningReport report(long seed, double after) {
        var step = new StepReport(1, 100, 80, Map.of("accuracy", 0.6), Map.of("accuracy", after));
        var stage = new StageReport("weights", "magnitude", Map.of("accuracy", 0.9), List.of(step), 1,
                List.of(new LayerReport("fc1", 100, 20, 0, 0)), List.of(), List.of(), OptionalDouble.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
        return new PruningReport(seed, Map.of("accuracy", 0.9), List.of(new LayerReport("fc1", 100, 100, 0, 0)),
                List.of(stage), Optional.empty());
    }

    @Test
    void saysHowMuchWasLostAtHowManyWeights() throws IOException {
        var model = Sequential.of(Linear.of(10, 10));

        var figure = AccuracyFigure.of(RunRecord.of("by hand", model, model, report(1, 0.89)).build()).orElseThrow();

        assertEquals("With 20.0 % of its weights the network has 89.00 % accuracy on the validation rows; the dense one"
                + " has 90.00 %, so it is 1.00 points lower.", figure.sentence());
        assertEquals(List.of("weights", "20.0 %", "60.00 %", "89.00 %", Words.NONE), figure.table().rows().get(1));
    }

    @Test
    void severalSeedsGiveAnInterval() throws IOException {
        var model = Sequential.of(Linear.of(10, 10));

        var figure = AccuracyFigure.of(RunRecord.of("by hand", model, model, report(1, 0.87))
                .otherSeeds(List.of(report(2, 0.89), report(3, 0.88)))
                .build()).orElseThrow();

        // mean 0.88, deviation 0.01, t of two degrees of freedom 4.303: 0.88 ± 4.303 · 0.01 / √3
        assertEquals(List.of("weights", "20.0 %", "60.00 %", "88.00 %", "85.52 % to 90.48 %"),
                figure.table().rows().get(1));
        assertTrue(figure.sentence().contains("3 seeds"), figure.sentence());
    }
}

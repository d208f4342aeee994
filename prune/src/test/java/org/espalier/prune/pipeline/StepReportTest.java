package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepReportTest {
    @Test
    void aReportDoesNotChangeWithTheMapsItWasMadeFrom() {
        var measures = new LinkedHashMap<>(Map.of("loss", 1.0));
        var step = new StepReport(1, 2, 1, measures, measures);
        measures.put("loss", 2.0);

        assertEquals(1.0, step.pruned().get("loss"));
        assertEquals(1.0, step.retrained().get("loss"));
    }
}

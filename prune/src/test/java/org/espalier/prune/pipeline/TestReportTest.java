package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.espalier.nn.metrics.ConfusionMatrix;
import org.junit.jupiter.api.Test;

class TestReportTest {
    @Test
    void aClassHasTheShareThatIsRightOfIt() {
        var before = ConfusionMatrix.of(2, new int[] {0, 0, 1, 1, 1}, new int[] {0, 0, 1, 1, 0});
        var after = ConfusionMatrix.of(2, new int[] {0, 0, 1, 1, 1}, new int[] {0, 1, 0, 1, 0});

        assertEquals(
                List.of(
                        new TestReport.ClassChange(0, 2, 1, 0.5),
                        new TestReport.ClassChange(1, 3, 2 / 3.0, 1 / 3.0)),
                TestReport.classes(before, after));
    }
}

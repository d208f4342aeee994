package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SensitivityTest {
    private static final Sensitivity SCAN = new Sensitivity(
            "accuracy",
            true,
            0.98,
            List.of(
                    new Sensitivity.Point("l1", "fc1", 0.5, 100, 0.98),
                    new Sensitivity.Point("l1", "fc1", 0.9, 100, 0.96),
                    new Sensitivity.Point("l1", "fc2", 0.5, 20, 0.97),
                    new Sensitivity.Point("l1", "fc2", 0.9, 20, 0.5)));

    @Test
    void theLayerThatSuffersLeastIsPrunedMost() {
        assertEquals(Map.of("fc1", 0.5, "fc2", 0.0), SCAN.amounts("l1", 0.4));
        assertEquals(Map.of("fc1", 0.5, "fc2", 0.5), SCAN.amounts("l1", 0.5));
        assertEquals(Map.of("fc1", 0.9, "fc2", 0.5), SCAN.amounts("l1", 0.7));
        assertEquals(Map.of("fc1", 0.9, "fc2", 0.9), SCAN.amounts("l1", 0.9));
    }

    @Test
    void scansOfOneModelMerge() {
        var first = new Sensitivity("accuracy", true, 0.98, SCAN.points().subList(0, 2));
        var second = new Sensitivity("accuracy", true, 0.98, SCAN.points().subList(2, 4));

        assertEquals(SCAN, Sensitivity.merge(List.of(first, second)));
        var other = new Sensitivity("accuracy", true, 0.97, List.of());
        assertThrows(IllegalArgumentException.class, () -> Sensitivity.merge(List.of(SCAN, other)));
        assertThrows(IllegalArgumentException.class, () -> Sensitivity.merge(List.of()));
    }

    @Test
    void theScanIsAnAllocation() {
        var allocation = SCAN.allocation("l1");

        assertEquals(List.of("fc1", "fc2"), List.copyOf(allocation.curves().keySet()));
        assertEquals(0.5, allocation.curves().get("fc1").getFirst().sparsity());
        assertEquals(0.98 - 0.96, allocation.curves().get("fc1").getLast().drop());
        assertThrows(IllegalArgumentException.class, () -> SCAN.allocation("l2"));
    }

    @Test
    void whatCannotBeReachedIsAnError() {
        assertThrows(IllegalArgumentException.class, () -> SCAN.amounts("l1", 0.95));
        assertThrows(IllegalArgumentException.class, () -> SCAN.amounts("l2", 0.5));
    }

    @Test
    void ofAMeasureThatShouldBeLowADropIsARise() {
        var point = new Sensitivity.Point("l1", "fc1", 0.5, 100, 0.75);

        assertEquals(0.25, new Sensitivity("loss", false, 0.5, List.of(point)).drop(point));
        assertEquals(-0.25, new Sensitivity("accuracy", true, 0.5, List.of(point)).drop(point));
    }

    @Test
    void theScanIsPlainText() {
        assertEquals(
                """
                criterion,layer,sparsity,units,accuracy
                l1,fc1,0.5,100,0.98
                l1,fc1,0.9,100,0.96
                l1,fc2,0.5,20,0.97
                l1,fc2,0.9,20,0.5
                """,
                SCAN.toCsv());
    }
}

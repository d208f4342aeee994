package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.metrics.Metric;
import org.junit.jupiter.api.Test;

class ReduceOnPlateauTest {

    private static List<EpochRecord> history(double... scores) {
        var records = new ArrayList<EpochRecord>();
        for (double score : scores) {
            records.add(new EpochRecord(records.size() + 1, 0.1f, 1, 1, score));
        }
        return records;
    }

    @Test
    void everyStretchWithoutAGainReduces() {
        var plateau = ReduceOnPlateau.of(0.1f, 2);
        assertEquals(1, plateau.factor(List.of(), Metric.accuracy()));
        assertEquals(1, plateau.factor(history(0.5, 0.4), Metric.accuracy()));
        assertEquals(0.1f, plateau.factor(history(0.5, 0.4, 0.5), Metric.accuracy()));
        assertEquals(0.1f, plateau.factor(history(0.5, 0.4, 0.5, 0.6, 0.5), Metric.accuracy()));
        assertEquals(0.01f, plateau.factor(history(0.5, 0.4, 0.5, 0.5, 0.5), Metric.accuracy()), 1e-9f);
    }

    @Test
    void theMetricSaysWhichWayIsUp() {
        var plateau = new ReduceOnPlateau(0.5f, 1, 0.1);
        assertEquals(1, plateau.factor(history(3, 2, 1), Metric.logLoss()));
        assertEquals(0.5f, plateau.factor(history(3, 2.95), Metric.logLoss()));
        assertEquals(0.25f, plateau.factor(history(3, 2, 1), Metric.accuracy()));
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ReduceOnPlateau.of(1, 1));
        assertThrows(IllegalArgumentException.class, () -> ReduceOnPlateau.of(0, 1));
        assertThrows(IllegalArgumentException.class, () -> ReduceOnPlateau.of(0.5f, 0));
        assertThrows(IllegalArgumentException.class, () -> new ReduceOnPlateau(0.5f, 1, Double.NaN));
    }
}

package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

    private static boolean stops(EarlyStopping stopping, Metric metric, double... scores) {
        var history = IntStream.range(0, scores.length)
                .mapToObj(i -> new EpochRecord(i + 1, 0.1f, 1, 1, scores[i]))
                .toList();
        return stopping.stops(history, metric);
    }

    @Test
    void patienceCountsEpochsSinceTheBest() {
        var two = EarlyStopping.patience(2);
        assertEquals(false, stops(two, Metric.accuracy()));
        assertEquals(false, stops(two, Metric.accuracy(), 0.5, 0.4));
        assertEquals(true, stops(two, Metric.accuracy(), 0.5, 0.4, 0.5));
        assertEquals(false, stops(two, Metric.accuracy(), 0.5, 0.4, 0.6));
    }

    @Test
    void aGainMustBeLargeEnough() {
        var stopping = new EarlyStopping(1, 0.1);
        assertEquals(true, stops(stopping, Metric.accuracy(), 0.5, 0.55));
        assertEquals(false, stops(stopping, Metric.accuracy(), 0.5, 0.65));
    }

    @Test
    void forALossLowerIsBetter() {
        var loss = Metric.loss(Loss.meanSquaredError());
        assertEquals(false, stops(new EarlyStopping(1, 0.1), loss, 0.5, 0.3));
        assertEquals(true, stops(new EarlyStopping(1, 0.1), loss, 0.5, 0.45));
        assertEquals(true, stops(EarlyStopping.patience(1), loss, 0.5, Double.NaN));
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> EarlyStopping.patience(0));
        assertThrows(IllegalArgumentException.class, () -> new EarlyStopping(1, -1));
    }
}

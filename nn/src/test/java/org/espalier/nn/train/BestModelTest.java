package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.nn.Linear;
import org.espalier.nn.StateDict;
import org.espalier.nn.metrics.Metric;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BestModelTest {
    private final Linear model = Linear.of(1, 1);

    private static EpochRecord epoch(int number, double score) {
        return new EpochRecord(number, 0.1f, 1, 1, score);
    }

    @Test
    void theStateOfTheBestEpochIsKept() {
        var best = new BestModel(Metric.accuracy(), true, List.of(), null);
        assertTrue(best.consider(epoch(1, 0.5), model));
        model.bias().orElseThrow().assign(Tensor.vector(2));
        assertTrue(best.consider(epoch(2, 0.7), model));
        model.bias().orElseThrow().assign(Tensor.vector(3));
        assertFalse(best.consider(epoch(3, 0.7), model));
        assertFalse(best.consider(epoch(4, Double.NaN), model));
        assertEquals(2, best.epoch());
        assertEquals(2f, best.state().orElseThrow().value("bias").item());
    }

    @Test
    void itGoesOnFromAHistory() {
        var saved = StateDict.of(model);
        var best = new BestModel(Metric.accuracy(), true, List.of(epoch(1, 0.6), epoch(2, 0.5)), saved);
        assertEquals(1, best.epoch());
        assertFalse(best.consider(epoch(3, 0.55), model));
        assertEquals(saved, best.state().orElseThrow());
    }

    @Test
    void withoutWantingItNoStateIsKept() {
        var best = new BestModel(Metric.accuracy(), false, List.of(), null);
        assertTrue(best.consider(epoch(1, 0.5), model));
        assertTrue(best.state().isEmpty());
        assertTrue(new BestModel(Metric.accuracy(), false, List.of(), StateDict.of(model)).state().isEmpty());
        assertFalse(new BestModel(null, false, List.of(), null).consider(epoch(1, Double.NaN), model));
    }
}

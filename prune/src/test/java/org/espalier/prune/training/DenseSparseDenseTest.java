package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.espalier.nn.StateDict;
import org.junit.jupiter.api.Test;

class DenseSparseDenseTest {
    @Test
    void theMiddleIsSparseAndTheEndIsDense() {
        var model = Runs.model(6);
        var kept = Runs.keptByStep(model, DenseSparseDense.epochs(3, 2), Runs.training());

        // 0.3 of 80, 60 and 12 weights, halves to even: 24, 18 and 4.
        assertEquals(List.of(152, 106, 106, 152, 152), List.of(
                kept.get(11), kept.get(12), kept.get(19), kept.get(20), kept.get(31)));
        assertEquals(Arrays.asList(null, null, null), Runs.masks(model));
    }

    @Test
    void epochsForAllThreePhasesAreNeeded() {
        var model = Runs.model(6);
        var before = StateDict.of(model);
        var method = DenseSparseDense.epochs(6, 2);

        assertThrows(IllegalArgumentException.class, () -> method.train(model, Runs.training()));
        assertEquals(before, StateDict.of(model));
        assertThrows(IllegalArgumentException.class, () -> DenseSparseDense.epochs(1, 0));
    }
}

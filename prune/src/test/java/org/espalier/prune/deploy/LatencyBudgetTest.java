package org.espalier.prune.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.sparsity.Resource;
import org.junit.jupiter.api.Test;

class LatencyBudgetTest {
    private static final long MICROS = 50;

    /** One layer of 10 × 10 that takes a microsecond for each weight it keeps, sparse, and 100 dense. */
    private static final LatencyTable COSTS = new LatencyTable("none", 1, List.of(new LayerLatency(
            "fc1", List.of(10), List.of(10), List.of(List.of(100.0)), List.of(1, 100), List.of(1.0, 100.0))));

    private static final LatencyBudget.Pruning PRUNE = (model, table) -> Pipeline.of(model)
            .stage("time", Unstructured.global(Magnitude.L1).within(Resource.MICROSECONDS, MICROS))
            .costs(table)
            .run();

    private static Sequential model() {
        var model = Sequential.of(Linear.of(10, 10));
        model.initialize(Init.heNormal(), 1);
        return model;
    }

    private static int kept(Layer model) {
        return model.parameters().get("fc1.weight").kept();
    }

    @Test
    void whatTakesLongerThanPredictedIsPrunedAgainByACorrectedTable() {
        // In truth a weight takes 1.25 µs: 50 weights take 62.5, and of 40, the most that fit, 50.
        var model = model();
        var met = LatencyBudget.of(MICROS, 1).meet(model, COSTS, PRUNE, pruned -> 1.25 * kept(pruned));

        assertEquals(List.of(new LatencyBudget.Attempt(50, 62.5), new LatencyBudget.Attempt(50, 50)), met.attempts());
        assertTrue(met.isMet());
        assertEquals(40, kept(met.model()));
        assertEquals(100, kept(model));
        PRUNE.apply(model, met.costs());
        assertEquals(40, kept(model));
    }

    @Test
    void whatComesTrueAtOnceIsLeftAlone() {
        var met = LatencyBudget.of(MICROS, 1).meet(model(), COSTS, PRUNE, LatencyBudgetTest::kept);

        assertEquals(1, met.attempts().size());
        assertEquals(COSTS, met.costs());
    }

    @Test
    void aClockThatNeverAgreesEndsTheAttempts() {
        var met = LatencyBudget.of(MICROS, 1).meet(model(), COSTS, PRUNE, pruned -> MICROS + 1);

        assertFalse(met.isMet());
        assertEquals(3, met.attempts().size());
    }

    @Test
    void numbersOutsideTheirRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> LatencyBudget.of(0, 1));
        assertThrows(IllegalArgumentException.class, () -> LatencyBudget.of(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new LatencyBudget(1, 1, 0));
    }
}

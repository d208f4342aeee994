package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.deploy.LatencyTable;
import org.espalier.prune.deploy.LayerLatency;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.Resource;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.tensor.Rng;
import org.junit.jupiter.api.Test;

class BudgetSearchTest {
    /** Two layers of 48 weights; a kept weight of the first takes 10 µs, one of the second 1 µs. */
    private static final LatencyTable TABLE =
            new LatencyTable("paper", 1, List.of(times("fc1", 12, 10), times("fc2", 4, 1)));

    private static LayerLatency times(String layer, int rows, double perWeight) {
        int columns = 48 / rows;
        return new LayerLatency(
                layer,
                List.of(rows),
                List.of(columns),
                List.of(List.of(48 * perWeight)),
                List.of(1, 48),
                List.of(perWeight, 48 * perWeight));
    }

    private static Sequential model() {
        var model = Sequential.of(Linear.of(4, 12), Activation.relu(), Linear.of(12, 4));
        model.parameters().values().forEach(p -> p.assign(Rng.of(p.size()).normal(p.shape(), 1)));
        return model;
    }

    private static Pruner greedy(long limit) {
        return Pruner.of(Magnitude.L1, SparsityPattern.weights(), Allocation.greedy()).within(Resource.MICROSECONDS,
                limit);
    }

    @Test
    void theGreedyTakesFromTheLayerThatCostsMore() {
        var model = model();
        // Dense is 528 µs. 28 weights of the first layer save 280, all others 20 at most.
        var plan = greedy(250).plan(model, Calibration.none(), TABLE, 0);

        assertTrue(plan.removed("fc1") > plan.removed("fc2"), plan::toString);
        assertTrue(TABLE.micros(model, plan.masks()) <= 250);
        // One weight less from the last layer touched and it is not within: no more than one weight's time is left.
        assertTrue(TABLE.micros(model, plan.masks()) > 250 - 10);
    }

    @Test
    void aGlobalRankingMeetsABudgetOfTimeToo() {
        var model = model();
        var plan = Pruner.of(Magnitude.L1, SparsityPattern.weights(), Allocation.global())
                .within(Resource.MICROSECONDS, 250)
                .plan(model, Calibration.none(), TABLE, 0);

        assertTrue(TABLE.micros(model, plan.masks()) <= 250);
        // It does not look at time, so it has to remove more.
        assertTrue(plan.removed() > greedy(250).plan(model, Calibration.none(), TABLE, 0).removed());
    }

    @Test
    void otherResourcesAreSpentGreedilyToo() {
        var model = model();
        var plan = Pruner.of(Magnitude.L1, SparsityPattern.weights(), Allocation.greedy()).within(Resource.WEIGHTS, 40)
                .plan(model);

        assertEquals(96 - 40, plan.removed());
    }

    @Test
    void aBudgetThatIsMetAlreadyTakesNothing() {
        assertEquals(0, greedy(528).plan(model(), Calibration.none(), TABLE, 0).removed());
    }

    @Test
    void floorsHoldAndWhatTheyForbidIsSaid() {
        var model = model();
        var floored = greedy(290).floor(Floor.share(0.5));
        var plan = floored.plan(model, Calibration.none(), TABLE, 0);

        // Half of the first layer takes 240 µs, all of the second 48.
        assertEquals(24, plan.removed("fc1"));
        assertEquals(0, plan.removed("fc2"));
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> greedy(200).floor(Floor.share(0.5)).plan(model, Calibration.none(), TABLE, 0));
        assertTrue(e.getMessage().contains("200 microseconds cannot be met"), e.getMessage());
    }

    @Test
    void timeNeedsATable() {
        var e = assertThrows(IllegalArgumentException.class, () -> greedy(300).plan(model()));

        assertTrue(e.getMessage().contains("latency table"), e.getMessage());
    }

    @Test
    void aPipelineReachesItInSteps() throws Exception {
        var model = model();
        var pipeline = Pipeline.of(model).stage("time", greedy(100).schedule(SparsitySchedule.cubic(3))).costs(TABLE);
        double foretold = pipeline.plan().stages().getFirst().micros().orElseThrow();
        var report = pipeline.run();

        assertEquals(TABLE.micros(model), report.stages().getFirst().micros().orElseThrow());
        // Nothing is retrained, so the plan is the run.
        assertEquals(foretold, TABLE.micros(model));
        assertTrue(TABLE.micros(model) <= 100);
        assertTrue(TABLE.micros(model) > 90);
    }
}

package org.espalier.spark.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.espalier.nn.Layer;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Checkpoint;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.training.RigL;
import org.espalier.spark.TestSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Public, for the tests with executors of their own. */
public class LocalSgdTest {
    private static final Digits WORK = new Digits();

    /** Three ranks, whose sums are not exact. */
    public static LocalSgd training() {
        return LocalSgd.of(WORK).ranks(3).stepsPerRound(5).rounds(6).seed(4);
    }

    /** The same with masks that move twice. */
    public static LocalSgd sparse() {
        return training().masks(new RigL(0.7, Allocation.erk(), 0.9, 10, 1));
    }

    @Test
    void oneRankTrainsToTheBitsOfTheTrainer() throws Exception {
        var model = WORK.model();
        var result = Trainer.of(model, WORK.loss(), WORK.optimizer()).batchSize(16).epochs(3).seed(4)
                .fit(WORK.samples(0, 1));
        var local = LocalSgd.of(WORK).ranks(1).stepsPerRound(10).rounds(3).seed(4).fit();
        assertEquals(30, result.steps(), "150 rows in batches of 16, three times");
        assertEquals(StateDict.of(model), StateDict.of(local.model()));
    }

    @Test
    void anyNumberOfCoresGivesTheBitsOfOneThread() throws Exception {
        var dense = training().fit();
        var sparse = sparse().fit();
        var two = training().fit(TestSession.local());
        assertEquals(StateDict.of(dense.model()), StateDict.of(two.model()));
        assertEquals(dense.history(), two.history());
        assertEquals(StateDict.of(sparse.model()), StateDict.of(sparse().fit(TestSession.local()).model()));
        TestSession.local().stop();
        try (var four = TestSession.local(4)) {
            assertEquals(StateDict.of(dense.model()), StateDict.of(training().fit(four).model()));
            assertEquals(StateDict.of(sparse.model()), StateDict.of(sparse().fit(four).model()));
        }
    }

    @Test
    void ranksLearnTogether() throws Exception {
        var result = training().rounds(30).fit();
        var test = Digits.rows(500, 1);
        assertTrue(Metric.accuracy().of(result.model(), test) > 0.9);
        assertTrue(result.history().getLast().trainingLoss() < result.history().getFirst().trainingLoss() / 2);
        assertNotEquals(StateDict.of(training().fit().model()), StateDict.of(training().seed(5).fit().model()));
    }

    @Test
    void masksMoveAndKeepTheirSize() throws Exception {
        var masks = new HashSet<Object>();
        for (int rounds = 1; rounds <= 6; rounds++) {
            // The rounds that follow decide until when masks move, hence always of six.
            var model = cut(rounds);
            var cost = ModelCost.of(model).total();
            assertEquals(0.3, (double) cost.keptWeights() / cost.weights(), 0.01);
            masks.add(StateDict.of(model).mask("fc1.weight").orElseThrow());
        }
        assertEquals(3, masks.size(), "as drawn, and after the steps 10 and 20");
    }

    /** The model after some of the six rounds. */
    private static Layer cut(int rounds) throws Exception {
        var file = Files.createTempDirectory("cut").resolve("state");
        var all = sparse().checkpoint(file);
        try {
            new Rounds(all, new RankWork(WORK, 3, 5, 4, "cut")).run((work, what, round, state) -> {
                if (round == rounds) {
                    throw new IllegalStateException("cut");
                }
                var results = new ArrayList<Checkpoint>();
                for (int rank = 0; rank < 3; rank++) {
                    results.add(what.of(work, rank, round, state));
                }
                return results;
            });
        } catch (IllegalStateException e) {
            assertEquals("cut", e.getMessage());
        }
        var model = WORK.model();
        Checkpoint.read(file).model().applyTo(model);
        return model;
    }

    @Test
    void aRunThatWasCutGoesOnToTheSameBits(@TempDir Path folder) throws Exception {
        var file = folder.resolve("state");
        training().rounds(2).checkpoint(file).fit();
        var resumed = training().checkpoint(file).fit();
        var whole = training().fit();
        assertEquals(StateDict.of(whole.model()), StateDict.of(resumed.model()));
        assertEquals(whole.history(), resumed.history());
        assertThrows(IllegalArgumentException.class, () -> training().ranks(2).checkpoint(file).fit());
    }

    /** A workload whose first attempt in the second round fails. */
    private record Flaky() implements TrainingWork {
        @Override
        public Layer model() {
            if (TaskContext.get() != null && TaskContext.get().attemptNumber() == 0
                    && TaskContext.get().partitionId() == 1) {
                throw new IllegalStateException("lost");
            }
            return WORK.model();
        }

        @Override
        public Loss loss() {
            return WORK.loss();
        }

        @Override
        public Optimizer optimizer() {
            return WORK.optimizer();
        }

        @Override
        public int batchSize() {
            return WORK.batchSize();
        }

        @Override
        public Dataset samples(int rank, int ranks) {
            return WORK.samples(rank, ranks);
        }
    }

    @Test
    void aRankThatFailsIsTriedAgainWithTheSameBits() throws Exception {
        SparkSession spark = TestSession.local();
        var flaky = LocalSgd.of(new Flaky()).ranks(2).stepsPerRound(3).rounds(2).fit(spark);
        var steady = LocalSgd.of(WORK).ranks(2).stepsPerRound(3).rounds(2).fit();
        assertEquals(StateDict.of(steady.model()), StateDict.of(flaky.model()));
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> training().ranks(0));
        assertThrows(IllegalArgumentException.class, () -> training().masks(RigL.sparsity(0.5).every(7)));
    }
}

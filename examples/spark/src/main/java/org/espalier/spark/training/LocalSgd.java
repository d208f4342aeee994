package org.espalier.spark.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.espalier.nn.Layer;
import org.espalier.nn.train.Checkpoint;
import org.espalier.nn.train.EpochRecord;
import org.espalier.prune.training.RigL;

/**
 * Trains one model on several ranks, local SGD with averaging of states: in a round each rank takes some steps on its
 * own samples from the common state, then weights and moments are averaged in the order of the ranks.
 *
 * <pre>{@code
 * var training = LocalSgd.of(workload).ranks(4).stepsPerRound(100).rounds(50).seed(1);
 * LocalSgd.Result result = training.fit(spark);
 * }</pre>
 *
 * <p>Ranks are part of the mathematics, executors are not: the same ranks give the same bits on any number of
 * executors and cores, and in this thread. One rank gives the bits of {@code Trainer}. Masks are the same on all ranks
 * at all times; they move, if at all, between rounds, by gradients that are averaged in the order of the ranks.
 *
 * <p>Source: Stich, "Local SGD converges fast and communicates little", ICLR 2019 (arXiv 1805.09767); Lin et al.,
 * "Don't use large mini-batches, use local SGD", ICLR 2020 (arXiv 1808.07217). An immutable value: every method but
 * {@code fit} returns another one.
 *
 * @param workload what is trained, and on what
 * @param ranks how many copies are trained
 * @param stepsPerRound steps of each between two averages
 * @param rounds how many rounds there are
 * @param seed what shuffling and dropout are drawn from
 * @param masks how masks move, if they do
 * @param checkpoint a file that holds the state after the last round, and from which a run goes on, if there is one
 */
public record LocalSgd(
        TrainingWork workload, int ranks, int stepsPerRound, int rounds, long seed, Optional<RigL> masks,
        Optional<Path> checkpoint) {
    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public LocalSgd {
        if (ranks < 1 || stepsPerRound < 1 || rounds < 1) {
            throw new IllegalArgumentException("local SGD needs at least one rank, step and round, not " + ranks + ", "
                    + stepsPerRound + " and " + rounds);
        }
        if (masks.isPresent() && masks.get().every() % stepsPerRound != 0) {
            throw new IllegalArgumentException("masks move between rounds of " + stepsPerRound
                    + " steps, so the steps between two updates must be a multiple of that, not "
                    + masks.get().every());
        }
    }

    /** Two ranks, ten rounds of 50 steps. */
    public static LocalSgd of(TrainingWork workload) {
        return new LocalSgd(workload, 2, 50, 10, 0, Optional.empty(), Optional.empty());
    }

    /** With this many copies. */
    public LocalSgd ranks(int copies) {
        return new LocalSgd(workload, copies, stepsPerRound, rounds, seed, masks, checkpoint);
    }

    /** With this many steps of each rank between two averages. */
    public LocalSgd stepsPerRound(int steps) {
        return new LocalSgd(workload, ranks, steps, rounds, seed, masks, checkpoint);
    }

    /** With this many rounds. */
    public LocalSgd rounds(int count) {
        return new LocalSgd(workload, ranks, stepsPerRound, count, seed, masks, checkpoint);
    }

    /** With another seed. */
    public LocalSgd seed(long other) {
        return new LocalSgd(workload, ranks, stepsPerRound, rounds, other, masks, checkpoint);
    }

    /** From random masks, which move as RigL says; its steps are those of one rank. */
    public LocalSgd masks(RigL method) {
        return new LocalSgd(workload, ranks, stepsPerRound, rounds, seed, Optional.of(method), checkpoint);
    }

    /** Writes the state into a file of the driver after each round, and goes on from there if the file is there. */
    public LocalSgd checkpoint(Path file) {
        return new LocalSgd(workload, ranks, stepsPerRound, rounds, seed, masks, Optional.of(file));
    }

    /**
     * What came of it.
     *
     * @param model the model
     * @param history the mean loss of all ranks, round by round
     */
    public record Result(Layer model, List<EpochRecord> history) {}

    /** Where ranks work. */
    interface Place {
        /** Has every rank do its work on a state; the results are in the order of the ranks. */
        List<Checkpoint> all(RankWork work, RankWork.Work what, int round, Checkpoint state) throws IOException;
    }

    /**
     * Trains in this thread, rank after rank.
     *
     * @throws org.espalier.nn.optim.DivergenceException if a loss is NaN or infinite
     * @throws IOException if samples cannot be read, or the checkpoint not be used
     * @throws IllegalArgumentException if the checkpoint is of another run
     */
    public Result fit() throws IOException {
        return new Rounds(this, work()).run((work, what, round, state) -> {
            var results = new ArrayList<Checkpoint>();
            for (int rank = 0; rank < ranks; rank++) {
                results.add(what.of(work, rank, round, state));
            }
            return results;
        });
    }

    /**
     * Trains on the executors of a session, one task for each rank and round. A task that fails is tried again; what
     * fails every time, such as a loss that is infinite, is the cause of a {@code SparkException}.
     *
     * @throws IOException if the checkpoint cannot be used
     * @throws IllegalArgumentException if the checkpoint is of another run
     */
    public Result fit(SparkSession spark) throws IOException {
        var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return new Rounds(this, work()).run((work, what, round, state) -> {
            var bytes = context.broadcast(state.toBytes());
            try {
                var results = new ArrayList<Checkpoint>();
                for (byte[] one : context.parallelize(IntStream.range(0, work.ranks()).boxed().toList(), work.ranks())
                        .map(rank -> what.of(work, rank, round, Checkpoint.read(bytes.value())).toBytes())
                        .collect()) {
                    results.add(Checkpoint.read(one));
                }
                return results;
            } finally {
                bytes.destroy();
            }
        });
    }

    private RankWork work() {
        return new RankWork(workload, ranks, stepsPerRound, seed, UUID.randomUUID().toString());
    }

    /** What the bits of a run depend on besides the samples; more rounds may follow. */
    String configuration() {
        return ranks + " ranks, " + stepsPerRound + " steps a round, batches of " + workload.batchSize() + ", seed "
                + seed + ", " + workload.optimizer() + masks.map(method -> ", " + method.text()).orElse("")
                + masks.map(method -> ", " + rounds + " rounds").orElse("");
    }
}

package org.espalier.spark.training;

import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Batch;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.optim.DivergenceException;
import org.espalier.nn.optim.OptimizerState;
import org.espalier.nn.train.Checkpoint;
import org.espalier.nn.train.Objective;
import org.espalier.spark.JvmCache;
import org.espalier.tensor.Gradients;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Tensor;

/**
 * What one rank does in a round: a function of the state that it is given, of the rank and of the round.
 *
 * @param workload what is trained
 * @param ranks how many ranks there are
 * @param steps steps in a round
 * @param seed of everything that is drawn
 * @param run names the run, so that samples are read once in each JVM
 */
record RankWork(TrainingWork workload, int ranks, int steps, long seed, String run) implements Serializable {
    private static final JvmCache<Dataset> SAMPLES = new JvmCache<>(16);

    /** As {@code Trainer} has it, so that one rank trains to the same bits. */
    private static final long DROPOUT = -1;

    /** What one rank makes of a state. */
    interface Work extends Serializable {
        Checkpoint of(RankWork all, int rank, int round, Checkpoint state) throws IOException;
    }

    /** Takes the steps of a round; the position of the result holds the sum of the loss and the rows. */
    Checkpoint train(int rank, int round, Checkpoint state) throws IOException {
        var model = workload.model();
        state.model().applyTo(model);
        var optimizer = workload.optimizer().bind(model);
        optimizer.restore(state.optimizer());
        double sum = 0;
        long rows = 0;
        for (int step = round * steps; step < (round + 1) * steps; step++) {
            var batch = batch(rank, step);
            var loss = Objective.of(workload.loss()).loss(model, batch, mode(rank, step).sparse());
            if (!Float.isFinite(loss.item())) {
                throw new DivergenceException("rank " + rank + ", step " + step + ": the loss is " + loss.item()
                        + "; try a lower learning rate");
            }
            optimizer.step(loss.backward());
            sum += (double) loss.item() * batch.size();
            rows += batch.size();
        }
        return new Checkpoint("rank " + rank, new Checkpoint.Position(round, steps, sum, rows), StateDict.of(model),
                optimizer.state(), Optional.empty(), List.of());
    }

    /** The gradients of all weights, masked ones included, for the first batch of a round, in place of a model. */
    Checkpoint gradients(int rank, int round, Checkpoint state) throws IOException {
        var model = workload.model();
        state.model().applyTo(model);
        int step = round * steps;
        var batch = batch(rank, step);
        var loss = Objective.of(workload.loss()).loss(model, batch, mode(rank, step));
        return new Checkpoint("gradients of rank " + rank, state.position(), of(model, loss.backward()),
                new OptimizerState(0, new LinkedHashMap<>()), Optional.empty(), List.of());
    }

    private static StateDict of(Layer model, Gradients gradients) {
        var entries = new LinkedHashMap<String, StateDict.Entry>();
        model.parameters().forEach((name, parameter) -> {
            if (parameter.isTrainable()) {
                Tensor gradient = gradients.of(parameter.value()).detach();
                entries.put(name, new StateDict.Entry(gradient, Optional.empty()));
            }
        });
        return StateDict.of(entries);
    }

    private Mode mode(int rank, int step) {
        return Mode.training(Rng.of(own(rank)).split(DROPOUT).split(step));
    }

    /** The batches of the rank's epochs, one after the other. */
    private Batch batch(int rank, int step) throws IOException {
        var samples = SAMPLES.get(run + "/" + rank, () -> workload.samples(rank, ranks));
        var loader = DataLoader.of(samples, workload.batchSize()).shuffle(own(rank));
        int batches = loader.batches();
        return loader.epoch(step / batches, step % batches).iterator().next();
    }

    /** Rank 0 draws what a run on one machine draws. */
    private long own(int rank) {
        return seed + 0x9E3779B97F4A7C15L * rank;
    }
}

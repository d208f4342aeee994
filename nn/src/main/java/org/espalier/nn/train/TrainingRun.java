package org.espalier.nn.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Mode;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Batch;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.data.MeanLoss;
import org.espalier.nn.data.Metric;
import org.espalier.nn.optim.DivergenceException;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Checkpoint.Position;
import org.espalier.nn.train.TrainingResult.Ending;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Storage;

/**
 * One fit. Invariant: between two steps, {@link #checkpoint} is all that the rest of the run depends on. Batches and
 * dropout are drawn from streams that are numbered by epoch and step, so no generator has a state to be saved.
 */
final class TrainingRun {
    /**
     * The stream dropout is drawn from, split by step; epochs, which shuffling numbers its streams by, are not
     * negative.
     */
    private static final long DROPOUT = -1;

    private final Trainer trainer;
    private final Dataset validation;
    private final Metric metric;
    private final DataLoader loader;
    private final String configuration;
    private final Optimizer optimizer;
    private final Rng dropout;
    private final List<EpochRecord> history = new ArrayList<>();
    private final BestModel best;
    private Position position = Position.startOf(0);

    TrainingRun(Trainer trainer, Dataset train, Dataset validation) {
        this.trainer = trainer;
        this.validation = validation;
        this.metric = validation == null ? null : trainer.metric;
        requireSense(train);
        configuration = trainer.configuration(train);
        var batches = DataLoader.of(train, trainer.batchSize).shuffle(trainer.seed);
        loader = trainer.dropLast ? batches.dropLast() : batches;
        dropout = Rng.of(trainer.seed).split(DROPOUT);
        optimizer = trainer.ruleFor(loader.batches()).bind(trainer.model, trainer.clipping);
        var start = trainer.start;
        if (start != null) {
            resume(start);
        }
        best = new BestModel(metric, trainer.keepBest, history, start == null ? null : start.best().orElse(null));
    }

    private void requireSense(Dataset train) {
        if (train.size() < (trainer.dropLast ? trainer.batchSize : 1)) {
            throw new IllegalArgumentException("fit: there is no batch to train on in " + train.size() + " samples");
        }
        if (validation != null && trainer.metric == null) {
            throw new IllegalArgumentException("fit: to validate an objective of your own, say which metric(…)");
        }
        if (validation == null && (trainer.keepBest || trainer.stopping != null)) {
            throw new IllegalArgumentException("fit: keeping the best or stopping early needs validation samples");
        }
    }

    private void resume(Checkpoint start) {
        if (!start.configuration().equals(configuration)) {
            throw new IllegalArgumentException("fit: the checkpoint is of another run: " + start.configuration()
                    + "; this is " + configuration);
        }
        // The optimizer checks all it is given before it changes anything; masks come with the model, so that comes
        // first.
        var before = StateDict.of(trainer.model);
        start.model().applyTo(trainer.model);
        try {
            optimizer.restore(start.optimizer());
        } catch (IllegalArgumentException e) {
            before.applyTo(trainer.model);
            throw e;
        }
        position = start.position();
        history.addAll(start.history());
    }

    TrainingResult run() {
        var scored = Optional.ofNullable(metric);
        tell(new TrainingEvent.Started(trainer.epochs, loader.batches(), optimizer.steps(), scored));
        var ending = Ending.COMPLETED;
        while (ending == Ending.COMPLETED && position.epoch() < trainer.epochs) {
            if (stopsEarly()) {
                ending = Ending.STOPPED_EARLY;
            } else if (!finishBatches()) {
                ending = Ending.INTERRUPTED;
            } else {
                endEpoch();
            }
        }
        if (ending == Ending.COMPLETED && stopsEarly()) {
            ending = Ending.STOPPED_EARLY;
        }
        save();
        best.state().ifPresent(state -> state.applyTo(trainer.model));
        var result = new TrainingResult(history, best.epoch(), optimizer.steps(), ending);
        tell(new TrainingEvent.Ended(result));
        return result;
    }

    private boolean stopsEarly() {
        return trainer.stopping != null && trainer.stopping.stops(history, metric);
    }

    /** Goes through what is left of the epoch; false if interrupted before its end. */
    private boolean finishBatches() {
        for (var batch : loader.epoch(position.epoch(), position.batch())) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            step(batch);
            if (optimizer.steps() % trainer.checkpointEvery == 0) {
                save();
            }
        }
        return true;
    }

    private void step(Batch batch) {
        int step = optimizer.steps();
        boolean replaces = trainer.masks != null && trainer.masks.replaces(step);
        boolean dense = replaces
                || trainer.listeners.stream().anyMatch(listener -> listener.needsDenseGradients(step));
        var training = Mode.training(dropout.split(step));
        var mode = dense ? training : training.sparse();
        var loss = trainer.objective.loss(trainer.model, batch, mode);
        float value = loss.item();
        if (!Float.isFinite(value)) {
            throw new DivergenceException("step " + step + ": the objective is " + value
                    + "; try a lower learning rate, or clip gradients");
        }
        var gradients = loss.backward();
        tell(new TrainingEvent.Differentiated(step, value, gradients));
        if (replaces) {
            trainer.masks.update(step, gradients);
            optimizer.skip();
        } else {
            optimizer.step(gradients);
        }
        position = position.after(value, batch.size());
        tell(new TrainingEvent.Stepped(position.epoch() + 1, position.batch(), step, position.meanLoss()));
    }

    private void endEpoch() {
        requireFiniteParameters();
        double validationLoss = Double.NaN;
        double score = Double.NaN;
        if (metric != null && trainer.loss != null) {
            double[] both = Metric.of(trainer.model, validation, MeanLoss.of(trainer.loss), metric);
            validationLoss = both[0];
            score = both[1];
        } else if (metric != null) {
            score = metric.of(trainer.model, validation);
        }
        int epoch = position.epoch() + 1;
        float rate = optimizer.rule().learningRate().at(optimizer.steps() - 1);
        var record = new EpochRecord(epoch, rate, position.meanLoss(), validationLoss, score);
        history.add(record);
        boolean isBest = best.consider(record, trainer.model);
        position = Position.startOf(epoch);
        tell(new TrainingEvent.EpochEnded(record, isBest));
        save();
    }

    private void requireFiniteParameters() {
        trainer.model.parameters().forEach((name, parameter) -> {
            for (float value : Storage.array(parameter.value())) {
                if (!Float.isFinite(value)) {
                    throw new DivergenceException("epoch " + (position.epoch() + 1) + ": " + name + " holds " + value
                            + "; try a lower learning rate, or clip gradients");
                }
            }
        });
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(
                configuration, position, StateDict.of(trainer.model), optimizer.state(), best.state(), history);
    }

    private void save() {
        if (trainer.checkpointPath == null) {
            return;
        }
        // An interrupted thread cannot write: its file would be closed under it. The flag is put back afterwards.
        boolean interrupted = Thread.interrupted();
        try {
            checkpoint().write(trainer.checkpointPath);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void tell(TrainingEvent event) {
        for (var listener : trainer.listeners) {
            listener.on(event);
        }
    }
}

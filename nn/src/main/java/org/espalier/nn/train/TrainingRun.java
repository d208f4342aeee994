package org.espalier.nn.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Batch;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.BoundOptimizer;
import org.espalier.nn.optim.DivergenceException;
import org.espalier.nn.train.Checkpoint.Position;
import org.espalier.nn.train.TrainingResult.Ending;
import org.espalier.tensor.Gradients;
import org.espalier.tensor.NoGrad;
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

    private final Settings settings;
    private final Dataset validation;
    private final Metric metric;
    private final DataLoader loader;
    private final String configuration;
    private final BoundOptimizer optimizer;
    private final Rng dropout;
    private final List<EpochRecord> history = new ArrayList<>();
    private final BestModel best;
    private Position position = Position.startOf(0);

    TrainingRun(Settings settings, Dataset train, Dataset validation) {
        this.settings = settings;
        this.validation = validation;
        requireSense(train);
        this.metric = validation == null ? null : metric();
        configuration = settings.configuration(train);
        var batches = DataLoader.of(train, settings.batchSize).shuffle(settings.seed);
        loader = settings.dropLast
                ? batches.dropLast()
                : hasBatchNorm(settings.model) ? batches.joinSingle() : batches;
        dropout = Rng.of(settings.seed).split(DROPOUT);
        var rate = settings.learningRate(Math.ceilDiv(loader.batches(), settings.accumulation));
        optimizer = settings.optimizer.bind(settings.model, settings.clipping, rate);
        var start = settings.start;
        if (start != null) {
            resume(start);
        }
        best = new BestModel(metric, settings.keepBest, history, start == null ? null : start.best().orElse(null));
        followPlateau();
    }

    private static boolean hasBatchNorm(Layer layer) {
        return layer instanceof BatchNorm1d || layer.children().values().stream().anyMatch(TrainingRun::hasBatchNorm);
    }

    /** The metric that was asked for, or the one that fits the loss and the model's outputs. */
    private Metric metric() {
        if (settings.metric != null) {
            return settings.metric;
        }
        if (validation.size() == 0) {
            return Metric.loss(settings.loss);
        }
        var inputs = validation.range(0, 1).inputs();
        return Metric.fitting(
                settings.loss, NoGrad.call(() -> settings.model.forward(inputs, Mode.inference())));
    }

    /** Whether the course of training depends on the score. */
    private boolean needsScore() {
        return settings.keepBest || settings.stopping != null || settings.plateau != null;
    }

    private void followPlateau() {
        if (settings.plateau != null) {
            optimizer.scaleLearningRate(settings.plateau.factor(history, metric));
        }
    }

    private void requireSense(Dataset train) {
        if (train.size() < (settings.dropLast ? settings.batchSize : 1)) {
            throw new IllegalArgumentException("fit: there is no batch to train on in " + train.size() + " samples");
        }
        if (validation != null && settings.metric == null && settings.loss == null) {
            throw new IllegalArgumentException("fit: to validate a custom objective, choose a metric(…)");
        }
        if (needsScore() && (validation == null || validation.size() == 0)) {
            throw new IllegalArgumentException(
                    "fit: keeping the best, stopping early or reducing on a plateau needs validation samples");
        }
    }

    private void resume(Checkpoint start) {
        if (!start.configuration().equals(configuration)) {
            throw new IllegalArgumentException("fit: the checkpoint is of another run: " + start.configuration()
                    + "; this is " + configuration);
        }
        // The optimizer checks all it is given before it changes anything; masks come with the model, so that comes
        // first.
        var before = StateDict.of(settings.model);
        start.model().applyTo(settings.model);
        try {
            optimizer.restore(start.optimizer());
        } catch (IllegalArgumentException e) {
            before.applyTo(settings.model);
            throw e;
        }
        position = start.position();
        history.addAll(start.history());
    }

    TrainingResult run() {
        var scored = Optional.ofNullable(metric);
        tell(new TrainingEvent.Started(
                settings.epochs, loader.batches(), optimizer.steps(), scored, settings.keepBest));
        var ending = Ending.COMPLETED;
        while (ending == Ending.COMPLETED && position.epoch() < settings.epochs) {
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
        best.state().ifPresent(state -> state.applyTo(settings.model));
        var result = new TrainingResult(history, best.epoch(), optimizer.steps(), ending);
        tell(new TrainingEvent.Ended(result));
        return result;
    }

    private boolean stopsEarly() {
        return settings.stopping != null && settings.stopping.stops(history, metric);
    }

    /** Goes through what is left of the epoch; false if interrupted before its end. */
    private boolean finishBatches() {
        var group = new ArrayList<Batch>();
        for (var batch : loader.epoch(position.epoch(), position.batch())) {
            if (group.isEmpty() && Thread.currentThread().isInterrupted()) {
                return false;
            }
            group.add(batch);
            boolean last = position.batch() + group.size() == loader.batches();
            if (group.size() == settings.accumulation || last) {
                step(group);
                group.clear();
                if (optimizer.steps() % settings.checkpointEvery == 0) {
                    save();
                }
            }
        }
        return true;
    }

    private void step(List<Batch> group) {
        int step = optimizer.steps();
        boolean replaces = settings.masks != null && settings.masks.replaces(step);
        boolean dense =
                replaces || settings.listeners.stream().anyMatch(listener -> listener.needsDenseGradients(step));
        int rows = group.stream().mapToInt(Batch::size).sum();
        Gradients gradients = null;
        double value = 0;
        for (int i = 0; i < group.size(); i++) {
            var batch = group.get(i);
            var training = Mode.training(i == 0 ? dropout.split(step) : dropout.split(step).split(i));
            var loss = settings.objective.loss(settings.model, batch, dense ? training : training.sparse());
            requireFinite(step, loss.item(), batch);
            float share = (float) batch.size() / rows;
            var own = group.size() == 1 ? loss.backward() : loss.backward().times(share);
            gradients = gradients == null ? own : gradients.plus(own);
            value += group.size() == 1 ? loss.item() : (double) loss.item() * batch.size() / rows;
            position = position.after(loss.item(), batch.size());
        }
        tell(new TrainingEvent.Differentiated(step, (float) value, gradients));
        if (replaces) {
            settings.masks.update(step, gradients);
            optimizer.skipStep();
        } else {
            optimizer.step(gradients);
        }
        tell(new TrainingEvent.Stepped(position.epoch() + 1, position.batch(), step, position.meanLoss()));
    }

    private void requireFinite(int step, float loss, Batch batch) {
        if (Float.isFinite(loss)) {
            return;
        }
        BadSample.find(settings.model, batch).ifPresent(bad -> {
            int sample = loader.order(position.epoch())[position.batch() * settings.batchSize + bad.row()];
            throw new IllegalArgumentException("fit: sample " + sample + " (counted from 0) of the training data has "
                    + bad.value() + " as " + bad.place() + "; leave the sample out, or replace missing inputs by a"
                    + " layer such as Impute");
        });
        throw new DivergenceException("step " + step + ": the objective is " + loss
                + "; try a lower learning rate, or clip gradients");
    }

    private void endEpoch() {
        requireFiniteParameters();
        double validationLoss = Double.NaN;
        double score = Double.NaN;
        if (metric != null && settings.loss != null) {
            double[] both = Metric.of(settings.model, validation, Metric.loss(settings.loss), metric);
            validationLoss = both[0];
            score = both[1];
        } else if (metric != null) {
            score = metric.of(settings.model, validation);
        }
        int epoch = position.epoch() + 1;
        if (needsScore() && Double.isNaN(score) && best.epoch() == 0) {
            throw new IllegalArgumentException("fit: the validation score, " + metric.name() + ", is NaN after epoch "
                    + epoch + ", so nothing can be chosen by it; are there samples of every class to validate on?");
        }
        float last = optimizer.learningRate(optimizer.steps() - 1);
        var record = new EpochRecord(epoch, last, position.meanLoss(), validationLoss, score);
        history.add(record);
        boolean isBest = best.consider(record, settings.model);
        position = Position.startOf(epoch);
        followPlateau();
        tell(new TrainingEvent.EpochEnded(record, isBest));
        save();
    }

    private void requireFiniteParameters() {
        settings.model.parameters().forEach((name, parameter) -> {
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
                configuration, position, StateDict.of(settings.model), optimizer.state(), best.state(), history);
    }

    private void save() {
        if (settings.checkpointPath == null) {
            return;
        }
        // An interrupted thread cannot write: its file would be closed under it. The flag is put back afterwards.
        boolean interrupted = Thread.interrupted();
        try {
            checkpoint().write(settings.checkpointPath);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void tell(TrainingEvent event) {
        for (var listener : settings.listeners) {
            listener.on(event);
        }
    }
}

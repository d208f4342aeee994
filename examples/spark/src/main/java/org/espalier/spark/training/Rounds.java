package org.espalier.spark.training;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.StateDict;
import org.espalier.nn.optim.BoundOptimizer;
import org.espalier.nn.train.Checkpoint;
import org.espalier.nn.train.EpochRecord;
import org.espalier.nn.train.MaskUpdater;
import org.espalier.tensor.Gradients;
import org.espalier.tensor.Tensor;

/** One run, as the driver sees it. Invariant: between two rounds the checkpoint is all that the rest depends on. */
final class Rounds {
    private final LocalSgd settings;
    private final RankWork work;
    private final Layer model;
    private final Optional<MaskUpdater> masks;
    private final BoundOptimizer optimizer;
    private final List<EpochRecord> history = new ArrayList<>();

    Rounds(LocalSgd settings, RankWork work) throws IOException {
        this.settings = settings;
        this.work = work;
        this.model = settings.workload().model();
        int steps = settings.rounds() * settings.stepsPerRound();
        var saved = saved();
        this.masks = settings.masks().map(method -> saved.isPresent()
                ? method.resume(model, steps)
                : method.begin(model, steps, settings.seed()));
        this.optimizer = settings.workload().optimizer().bind(model);
        if (saved.isPresent()) {
            saved.get().model().applyTo(model);
            optimizer.restore(saved.get().optimizer());
            history.addAll(saved.get().history());
        }
    }

    private Optional<Checkpoint> saved() throws IOException {
        if (settings.checkpoint().isEmpty() || !Files.exists(settings.checkpoint().get())) {
            return Optional.empty();
        }
        var saved = Checkpoint.read(settings.checkpoint().get());
        if (!saved.configuration().equals(settings.configuration())) {
            throw new IllegalArgumentException("local SGD: the checkpoint is of another run: " + saved.configuration()
                    + "; this is " + settings.configuration());
        }
        return Optional.of(saved);
    }

    LocalSgd.Result run(LocalSgd.Place place) throws IOException {
        for (int round = history.size(); round < settings.rounds(); round++) {
            if (masks.isPresent() && masks.get().replaces(round * settings.stepsPerRound())) {
                moveMasks(round, place.all(work, RankWork::gradients, round, checkpoint()));
            }
            float rate = optimizer.learningRate(optimizer.steps() + settings.stepsPerRound() - 1);
            var ranks = place.all(work, RankWork::train, round, checkpoint());
            Average.models(ranks).applyTo(model);
            optimizer.restore(Average.optimizers(ranks));
            history.add(new EpochRecord(round + 1, rate, Average.loss(ranks), Double.NaN, Double.NaN));
            if (settings.checkpoint().isPresent()) {
                checkpoint().write(settings.checkpoint().get());
            }
        }
        return new LocalSgd.Result(model, List.copyOf(history));
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(
                settings.configuration(), new Checkpoint.Position(history.size(), 0, 0, 0), StateDict.of(model),
                optimizer.state(), Optional.empty(), history);
    }

    private void moveMasks(int round, List<Checkpoint> ranks) {
        masks.orElseThrow().update(round * settings.stepsPerRound(), asGradients(Average.models(ranks)));
    }

    /** The gradients of Σ w·g with respect to the weights w, which are g, bit for bit. */
    private Gradients asGradients(StateDict mean) {
        Tensor sum = Tensor.scalar(0);
        for (var parameter : model.parameters().entrySet()) {
            if (mean.entries().containsKey(parameter.getKey())) {
                sum = sum.plus(parameter.getValue().value().times(mean.value(parameter.getKey())).sum());
            }
        }
        return sum.backward();
    }
}

package org.espalier.prune.search;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.loss.Task;
import org.espalier.nn.metrics.Metric;
import org.espalier.prune.deploy.LatencyTable;
import org.espalier.prune.sparsity.Resource;

/** All settings of {@link AutoPrune}, which changes a copy that nobody has seen yet. */
final class SearchSettings implements Cloneable {
    private static final int STEPS = 3000;
    private static final int LEAST_EPOCHS = 27;
    private static final int MOST_EPOCHS = 60;

    /** A model for each seed: the one given, or a network with its first values. */
    LongFunction<Layer> networks;
    /** Epochs of training a network, 0 for a model that is trained already. */
    int denseEpochs;
    Loss loss;
    Dataset train;
    Dataset validation;
    /** Null for a part of the validation samples. */
    Dataset test;
    Metric metric;
    TrainingPlan plan;
    Resource resource = Resource.BYTES;
    double tolerance = 0.002;
    double confidence = 0.95;
    /** Empty for the portfolio. */
    List<Candidate> candidates = List.of();
    List<Double> sparsities = List.of(0.5, 0.8, 0.9, 0.95, 0.98, 0.99);
    /** 0 for a number that depends on the samples. */
    int epochs;
    int seeds = 5;
    long seed = 1;
    LayerKinds kinds = LayerKinds.standard();
    Optional<Duration> limit = Optional.empty();
    Optional<Path> directory = Optional.empty();
    Optional<LatencyTable> costs = Optional.empty();
    int threads = Runtime.getRuntime().availableProcessors();
    Consumer<Outcome> listener = outcome -> {};
    /** Empty for threads of this process. */
    Optional<SearchPlace> place = Optional.empty();

    SearchSettings copy() {
        try {
            return (SearchSettings) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** As many as make enough steps of 32, within limits. */
    static int epochs(int samples) {
        return Math.clamp(STEPS * 32L / Math.max(1, samples), LEAST_EPOCHS, MOST_EPOCHS);
    }

    /** Fills in what depends on the rest, and separates the samples for the test from those that choose. */
    SearchSettings resolved() {
        var all = copy();
        if (all.candidates.isEmpty()) {
            all.candidates = Candidate.portfolio(loss.task(), resource);
        }
        if (all.plan == null) {
            all.plan = TrainingPlan.standard(train);
        }
        if (all.epochs == 0) {
            all.epochs = epochs(train.size());
        }
        if (all.test == null) {
            var halves = loss.task() == Task.CLASSIFICATION
                    ? validation.stratifiedSplit(0.5, seed)
                    : validation.split(0.5, seed);
            all.validation = halves.train();
            all.test = halves.validation();
        }
        return all;
    }

    Candidate candidate(String name) {
        return candidates.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the search has no candidate \"" + name + "\""));
    }

    /** What the outcomes in a directory depend on, as text; of samples, their number and some of their bits. */
    String text() {
        var text = new StringBuilder();
        text.append(resource).append(", ").append(metric.name()).append(", ").append(epochs).append(" epochs, ")
                .append(denseEpochs).append(" dense, seed ").append(seed).append(", ").append(loss);
        for (var samples : List.of(train, validation, test)) {
            var some = samples.range(0, Math.min(256, samples.size()));
            text.append(", ").append(samples.size()).append(" samples ")
                    .append(Arrays.hashCode(some.inputs().toArray()))
                    .append('/')
                    .append(Arrays.hashCode(some.targets().toArray()));
        }
        for (var candidate : candidates) {
            text.append('\n').append(candidate.name()).append(' ').append(candidate.distilled()).append(' ')
                    .append(candidate.packing().orElse("")).append('\n')
                    .append(candidate.recipe(0.5, epochs).toText());
        }
        return text.toString();
    }
}

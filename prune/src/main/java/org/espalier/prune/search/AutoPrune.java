package org.espalier.prune.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.loss.Task;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.deploy.LatencyTable;
import org.espalier.prune.sparsity.Resource;

/**
 * The smallest model that is not worse: tries recipes, picks by validation, and ends with a test.
 *
 * <pre>{@code
 * var result = AutoPrune.of(model, Loss.crossEntropy(), train, validation)
 *         .smallest(Resource.BYTES).notWorseThan(0.002).confidence(0.95)
 *         .run();
 * System.out.println(result.report().toTable());
 * result.file().write(path);
 * }</pre>
 *
 * <p><b>Search.</b> Every {@linkplain Candidate candidate} is tried at every sparsity, for a ninth of the epochs and
 * with one seed; the third that promises most is tried again for a third of them and with two seeds, a third of these
 * for all epochs and with three seeds (successive halving: Jamieson and Talwalkar 2016, arXiv 1502.07943). What
 * promises most is not dominated in size and metric and closest to the tolerance, from either side. Then sparsities
 * between the last that was good enough and the next are tried.
 *
 * <p><b>Test.</b> The smallest that was good enough on the validation samples, and the same candidate with a few more
 * weights and with four times as many, are made again with seeds that were not used before, and put to the test of
 * {@link NonInferiority} on samples that nothing was chosen by: the largest first, on to smaller ones as long as they
 * pass. In such a fixed sequence no correction is needed: the chance that any pronounced not worse is worse by more
 * than the tolerance is at most 1 − confidence (Maurer, Hothorn and Lehmacher 1995).
 *
 * <p>An immutable value: every method but {@code run} returns another one. The same model, data, settings and seed give
 * the same result for any number of threads, unless a time limit cuts it short. Where times on this machine are the
 * objective, they are those of a {@linkplain #costs table}.
 */
public final class AutoPrune {
    private final SearchSettings settings;

    private AutoPrune(SearchSettings settings) {
        this.settings = settings;
    }

    /**
     * What came of it.
     *
     * @param report what was tried, the frontier and the verdict
     * @param file the model to be used: the one that passed, or the best there is if none did; of the test's seeds, the
     *     one that is best on the validation samples
     */
    public record Result(SearchReport report, ModelFile file) {}

    /**
     * For a model that is trained.
     *
     * @param model stays as it is
     * @param loss what it was trained with
     * @param train what retraining learns from
     * @param validation what candidates are chosen by; half of it is kept for the test unless there is {@link #test}
     */
    public static AutoPrune of(Layer model, Loss loss, Dataset train, Dataset validation) {
        Objects.requireNonNull(model, "model");
        return of(seed -> model, 0, loss, train, validation);
    }

    /**
     * For an architecture: each seed has a dense model of its own, so that the test is about the whole procedure.
     *
     * @param networks builds a network with the first values of a seed
     * @param denseEpochs how long each is trained before pruning
     */
    public static AutoPrune ofNetwork(
            LongFunction<Layer> networks, int denseEpochs, Loss loss, Dataset train, Dataset validation) {
        return of(networks, atLeastOne("the epochs of dense training", denseEpochs), loss, train, validation);
    }

    private static AutoPrune of(
            LongFunction<Layer> networks, int denseEpochs, Loss loss, Dataset train, Dataset validation) {
        var settings = new SearchSettings();
        settings.networks = Objects.requireNonNull(networks, "networks");
        settings.denseEpochs = denseEpochs;
        settings.loss = Objects.requireNonNull(loss, "loss");
        settings.train = Objects.requireNonNull(train, "train");
        settings.validation = Objects.requireNonNull(validation, "validation");
        return new AutoPrune(settings);
    }

    private AutoPrune with(Consumer<SearchSettings> change) {
        var copy = settings.copy();
        change.accept(copy);
        return new AutoPrune(copy);
    }

    private static int atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, not " + value);
        }
        return value;
    }

    /** What is to become small; {@link Resource#BYTES}, those of the file, by default. */
    public AutoPrune smallest(Resource resource) {
        return with(copy -> copy.resource = Objects.requireNonNull(resource, "resource"));
    }

    /**
     * The loss of the metric that does not matter, in its units; 0.002, which is 0.2 points of accuracy, by default.
     *
     * @throws IllegalArgumentException if it is negative or not a number
     */
    public AutoPrune notWorseThan(double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("a tolerance is 0 or more, not " + tolerance);
        }
        return with(copy -> copy.tolerance = tolerance);
    }

    /** The confidence of the test, in (0.5, 1); 0.95 by default. Throws {@link IllegalArgumentException} otherwise. */
    public AutoPrune confidence(double confidence) {
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence is in (0.5, 1), not " + confidence);
        }
        return with(copy -> copy.confidence = confidence);
    }

    /** How good a model is; R² for regression, else the {@linkplain Metric#fitting fitting} one by default. */
    public AutoPrune metric(Metric metric) {
        return with(copy -> copy.metric = Objects.requireNonNull(metric, "metric"));
    }

    /** The samples of the test at the end, by which nothing is chosen. */
    public AutoPrune test(Dataset test) {
        return with(copy -> copy.test = Objects.requireNonNull(test, "test"));
    }

    /** How models are trained; {@link TrainingPlan#standard} by default. */
    public AutoPrune training(TrainingPlan plan) {
        return with(copy -> copy.plan = Objects.requireNonNull(plan, "plan"));
    }

    /** What to try; the {@linkplain Candidate#portfolio portfolio} by default. */
    public AutoPrune candidates(Candidate... candidates) {
        if (candidates.length == 0
                || Arrays.stream(candidates).map(Candidate::name).distinct().count() < candidates.length) {
            throw new IllegalArgumentException("a search needs candidates, each with a name of its own");
        }
        return with(copy -> copy.candidates = List.of(candidates));
    }

    /**
     * The sparsities to begin with; 0.5, 0.8, 0.9, 0.95, 0.98 and 0.99 by default.
     *
     * @throws IllegalArgumentException if there are none or one is not in (0, 1)
     */
    public AutoPrune sparsities(double... sparsities) {
        if (sparsities.length == 0) {
            throw new IllegalArgumentException("a search needs at least one sparsity");
        }
        for (double one : sparsities) {
            if (!(one > 0 && one < 1)) {
                throw new IllegalArgumentException("a sparsity to try is in (0, 1), not " + one);
            }
        }
        return with(copy -> copy.sparsities = Arrays.stream(sparsities).sorted().boxed().toList());
    }

    /**
     * How long the last round of the search and the test train a model. If not said 27 epochs, and up to 60 where
     * there are few samples: as many as make 3,000 steps of 32.
     */
    public AutoPrune epochs(int epochs) {
        return with(copy -> copy.epochs = atLeastOne("the epochs of a run", epochs));
    }

    /** How many new seeds the test has; 5 by default. */
    public AutoPrune seeds(int seeds) {
        return with(copy -> copy.seeds = atLeastOne("the seeds of the test", seeds));
    }

    /** The seed of all random numbers; 1 by default. */
    public AutoPrune seed(long seed) {
        return with(copy -> copy.seed = seed);
    }

    /** The kinds of layers of a model that has some of its own. */
    public AutoPrune kinds(LayerKinds kinds) {
        return with(copy -> copy.kinds = Objects.requireNonNull(kinds, "kinds"));
    }

    /**
     * Begins no more runs of the search after two thirds of this time, and none of the test after all of it. A run that
     * has begun is finished.
     */
    public AutoPrune limit(Duration limit) {
        return with(copy -> copy.limit = Optional.of(limit));
    }

    /**
     * Keeps every finished run in this directory, and takes from there those that an earlier search finished. It must
     * have been of the same settings and samples; tolerance, confidence, sparsities and seeds of the test may differ.
     */
    public AutoPrune resumeFrom(Path directory) {
        return with(copy -> copy.directory = Optional.of(directory));
    }

    /** What layers cost in time, for {@link Resource#MICROSECONDS}; measured for single rows by default. */
    public AutoPrune costs(LatencyTable costs) {
        return with(copy -> copy.costs = Optional.of(costs));
    }

    /** How many runs go at a time, each on one thread; the processors of this machine by default. */
    public AutoPrune threads(int threads) {
        return with(copy -> copy.threads = atLeastOne("the threads of a search", threads));
    }

    /** Has the runs made by {@linkplain #worker workers} on a cluster, for example, in place of threads here. */
    public AutoPrune runsOn(SearchPlace place) {
        return with(copy -> copy.place = Optional.of(place));
    }

    /**
     * What does single runs of this search elsewhere. With the same settings and samples its runs are those of the
     * search, to the bit.
     *
     * @throws IllegalArgumentException as {@link #run} says
     */
    public SearchWorker worker() {
        var settled = settled();
        settled.directory = Optional.empty();
        try {
            return new SearchWorker(settled);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hears of every run that is finished or was found in the directory, one at a time. */
    public AutoPrune listen(Consumer<Outcome> listener) {
        return with(copy -> copy.listener = Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Searches and tests.
     *
     * @throws IllegalArgumentException if there are no samples to choose by or to test on, or no candidate can be
     *     applied to the model; the message says why for each
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag is still set
     * @throws UncheckedIOException if the directory cannot be used or is of another search
     */
    public Result run() {
        var all = settled();
        try (var runs = new Runs(all)) {
            return new Search(all, runs).run();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot search in " + all.directory.map(Path::toString).orElse("no directory") + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private SearchSettings settled() {
        var all = settings.resolved();
        if (all.metric == null) {
            all.metric = all.loss.task() == Task.REGRESSION
                    ? Metric.rSquared()
                    : Metric.fitting(all.loss, Runs.outputs(all));
        }
        if (all.validation.size() == 0 || all.test.size() == 0) {
            throw new IllegalArgumentException("auto: there must be samples to choose by and to test on, not "
                    + all.validation.size() + " and " + all.test.size());
        }
        return all;
    }
}

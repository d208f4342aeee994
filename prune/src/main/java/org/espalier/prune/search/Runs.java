package org.espalier.prune.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.espalier.io.AtomicFile;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RecordJson;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.train.Objective;
import org.espalier.prune.deploy.Costs;
import org.espalier.prune.deploy.LatencyTable;
import org.espalier.prune.sparsity.Resource;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Tensor;

/**
 * Does runs, several at a time, or takes them from the directory. Which thread does what, and when, has no influence on
 * what comes out: a run depends on its job alone, and results come in the order of the jobs.
 */
final class Runs implements AutoCloseable {
    private static final String SETTINGS = "search.txt";

    private final SearchSettings settings;
    private final ExecutorService pool;
    private final Map<Long, Layer> dense = new ConcurrentHashMap<>();
    private final long begin = System.nanoTime();

    Runs(SearchSettings settings) throws IOException {
        this.settings = settings;
        if (settings.directory.isPresent()) {
            claim(settings.directory.get());
        }
        if (settings.resource == Resource.MICROSECONDS) {
            settings.costs = Optional.of(costs(settings));
        }
        this.pool = Executors.newFixedThreadPool(settings.threads, work -> {
            var thread = new Thread(work, "espalier-search");
            thread.setDaemon(true);
            return thread;
        });
    }

    private void claim(Path directory) throws IOException {
        Files.createDirectories(directory);
        var file = directory.resolve(SETTINGS);
        byte[] text = settings.text().getBytes(StandardCharsets.UTF_8);
        if (!Files.exists(file)) {
            AtomicFile.write(file, text);
        } else if (!Arrays.equals(text, Files.readAllBytes(file))) {
            throw new FormatException(file.toString(),
                    "the runs in this directory are of a search with other settings or samples; use another directory");
        }
    }

    /** The table of costs: the one given, the one in the directory, or one measured now. */
    private static LatencyTable costs(SearchSettings settings) throws IOException {
        if (settings.costs.isPresent()) {
            return settings.costs.get();
        }
        var file = settings.directory.map(path -> path.resolve("costs.json"));
        if (file.isPresent() && Files.exists(file.get())) {
            if (!(Json.parse(Files.readString(file.get())) instanceof Json.Obj json)) {
                throw new FormatException(file.get().toString(), "it is not a JSON object");
            }
            return LatencyTable.of(json);
        }
        var table = Costs.measure(settings.networks.apply(settings.seed), 1);
        if (file.isPresent()) {
            AtomicFile.write(file.get(), table.toJson().compact().getBytes(StandardCharsets.UTF_8));
        }
        return table;
    }

    /** The outputs of the first model for some samples, by which a metric is chosen. */
    static Tensor outputs(SearchSettings settings) {
        var inputs = settings.validation.range(0, Math.min(1, settings.validation.size())).inputs();
        return NoGrad.call(() -> settings.networks.apply(settings.seed).forward(inputs, Mode.inference()));
    }

    /** Whether a fraction of the time that was allowed is over. */
    boolean isLate(double share) {
        return settings.limit.isPresent() && System.nanoTime() - begin > share * settings.limit.get().toNanos();
    }

    /** The dense model of a seed; not to be changed. */
    Layer dense(long seed) {
        return dense.computeIfAbsent(seed, this::trained);
    }

    private Layer trained(long seed) {
        if (settings.denseEpochs == 0) {
            return settings.networks.apply(seed);
        }
        try {
            var saved = settings.directory.map(path -> path.resolve("dense-" + seed + ".safetensors"));
            if (saved.isPresent() && Files.exists(saved.get())) {
                return ModelFile.read(saved.get(), settings.kinds).model();
            }
            var model = settings.networks.apply(seed);
            settings.plan.trainer(model, Objective.of(settings.loss), settings.denseEpochs)
                    .epochs(settings.denseEpochs)
                    .seed(seed)
                    .fit(settings.train);
            if (saved.isPresent()) {
                ModelFile.of(model).write(saved.get());
            }
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Does jobs, in any order; the outcomes are in theirs. Those that were not begun in time are missing.
     *
     * @param share of the time allowed, after which no more begin
     */
    List<Run> all(List<SearchJob> jobs, double share) throws IOException {
        if (settings.place.isPresent()) {
            return elsewhere(settings.place.get(), jobs, share);
        }
        for (long seed : jobs.stream().mapToLong(SearchJob::seed).distinct().toArray()) {
            if (settings.denseEpochs > 0 && !isLate(share)) {
                submitDense(seed);
            }
        }
        var futures = new ArrayList<Future<Optional<Run>>>();
        for (var job : jobs) {
            futures.add(pool.submit(() -> isLate(share) ? Optional.empty() : Optional.of(one(job))));
        }
        var done = new ArrayList<Run>();
        for (var future : futures) {
            get(future).ifPresent(run -> {
                settings.listener.accept(run.outcome());
                done.add(run);
            });
        }
        return done;
    }

    /** Dense models come before the runs that need them, so that none waits for another. */
    private void submitDense(long seed) {
        pool.submit(() -> dense(seed));
    }

    private static <T> T get(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while searching");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private List<Run> elsewhere(SearchPlace place, List<SearchJob> jobs, double share) throws IOException {
        var known = new HashMap<SearchJob, Run>();
        for (var job : jobs) {
            var saved = saved(job);
            if (saved.isPresent()) {
                known.put(job, saved.get());
            }
        }
        var missing = jobs.stream().filter(job -> !known.containsKey(job)).toList();
        if (!missing.isEmpty() && !isLate(share)) {
            var fresh = place.run(missing);
            for (int i = 0; i < missing.size(); i++) {
                known.put(missing.get(i), received(missing.get(i), fresh.get(i)));
            }
        }
        var done = jobs.stream().filter(known::containsKey).map(known::get).toList();
        done.forEach(run -> settings.listener.accept(run.outcome()));
        return done;
    }

    /** What another machine sent. A job that failed is not kept: the reason may be that machine. */
    private Run received(SearchJob job, SearchRun sent) throws IOException {
        if (sent.file().isEmpty()) {
            return new Run(sent.outcome(), Optional.empty());
        }
        var run = new Run(sent.outcome(), Optional.of(ModelFile.read(sent.file().get(), settings.kinds)));
        save(job, run);
        return run;
    }

    private Run one(SearchJob job) throws IOException {
        var saved = saved(job);
        if (saved.isPresent()) {
            return saved.get();
        }
        var run = Run.of(settings, job, dense(job.seed()));
        save(job, run);
        return run;
    }

    private Optional<Run> saved(SearchJob job) throws IOException {
        if (settings.directory.isEmpty()) {
            return Optional.empty();
        }
        var json = settings.directory.get().resolve(job.name() + ".json");
        var model = settings.directory.get().resolve(job.name() + ".safetensors");
        if (!Files.exists(json)) {
            return Optional.empty();
        }
        if (!(Json.parse(Files.readString(json)) instanceof Json.Obj object)) {
            throw new FormatException(json.toString(), "it is not a JSON object");
        }
        var outcome = RecordJson.read(Outcome.class, object, json.toString());
        if (outcome.problem().isPresent()) {
            return Optional.of(new Run(outcome, Optional.empty()));
        }
        return Files.exists(model)
                ? Optional.of(new Run(outcome, Optional.of(ModelFile.read(model, settings.kinds))))
                : Optional.empty();
    }

    private void save(SearchJob job, Run run) throws IOException {
        if (settings.directory.isEmpty()) {
            return;
        }
        if (run.file().isPresent()) {
            run.file().get().write(settings.directory.get().resolve(job.name() + ".safetensors"));
        }
        // After the model: a run whose outcome is there is complete.
        AtomicFile.write(
                settings.directory.get().resolve(job.name() + ".json"),
                RecordJson.write(run.outcome()).compact().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}

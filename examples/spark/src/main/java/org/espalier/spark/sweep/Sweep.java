package org.espalier.spark.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.espalier.io.AtomicFile;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RecordJson;
import org.espalier.prune.pipeline.Fingerprint;
import org.espalier.spark.sweep.SweepResult.Entry;

/**
 * A function of many configurations, each a job of Spark:
 *
 * <pre>{@code
 * record Setting(float rate, long seed) {}
 * record Score(double accuracy) {}
 * var sweep = Sweep.of(spark, Setting.class, Score.class, setting -> new Score(train(setting)));
 * System.out.println(sweep.resumeFrom(Path.of("rates")).run(settings).summary());
 * }</pre>
 *
 * <p>A task that fails is tried again by Spark, on another executor if there is one, {@code spark.task.maxFailures}
 * times in all ({@code local[N,F]} in local mode, which tries once if not told). A configuration that fails every time
 * is reported and the others go on, even if it takes executors with it. In a directory each result is kept when it is
 * there, and the next sweep does not repeat it; what failed is tried again.
 *
 * <p>Configurations and results travel and are kept as JSON, so they are public records of what {@link RecordJson}
 * knows; one that does not come back from its JSON as it was fails.
 *
 * @param <C> a configuration
 * @param <R> a result
 */
public final class Sweep<C extends Record, R extends Record> {
    private static final String CONFIGURATION = "configuration";
    private static final String RESULT = "result";

    private final SparkSession spark;
    private final Class<C> configurations;
    private final Class<R> results;
    private final SweepFunction<C, R> function;
    private final Optional<Path> directory;

    private Sweep(SparkSession spark, Class<C> configurations, Class<R> results, SweepFunction<C, R> function,
            Optional<Path> directory) {
        this.spark = spark;
        this.configurations = configurations;
        this.results = results;
        this.function = function;
        this.directory = directory;
    }

    /**
     * A sweep that keeps nothing.
     *
     * @param <C> a configuration
     * @param <R> a result
     */
    public static <C extends Record, R extends Record> Sweep<C, R> of(
            SparkSession spark, Class<C> configurations, Class<R> results, SweepFunction<C, R> function) {
        return new Sweep<>(spark, configurations, results, function, Optional.empty());
    }

    /**
     * Keeps every result in this directory of the driver, and takes from there those of earlier sweeps. They must have
     * been of the same function.
     */
    public Sweep<C, R> resumeFrom(Path directory) {
        return new Sweep<>(spark, configurations, results, function, Optional.of(directory));
    }

    /**
     * Sweeps, and returns when the last configuration is done.
     *
     * @throws IllegalArgumentException if a configuration has no JSON
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag is still set
     * @throws UncheckedIOException if the directory cannot be used, or what is there is damaged
     */
    public SweepResult<C, R> run(List<C> all) {
        try {
            return sweep(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SweepResult<C, R> sweep(List<C> all) throws IOException {
        if (directory.isPresent()) {
            Files.createDirectories(directory.get());
        }
        var texts = new ArrayList<String>();
        var entries = new ArrayList<Entry<C, R>>();
        var missing = new ArrayList<Integer>();
        for (var configuration : all) {
            texts.add(write(configuration, configurations));
            var known = known(texts.getLast());
            if (known.isEmpty()) {
                missing.add(entries.size());
            }
            entries.add(new Entry<>(configuration, known, "", known.isPresent()));
        }
        // Locals: a task must not carry the sweep, which holds the session.
        var from = configurations;
        var to = results;
        var work = function;
        SeparateJobs.run(spark, missing.stream().map(texts::get).toList(),
                text -> write(work.run(read(text, from)), to),
                (item, attempt) -> {
                    int place = missing.get(item);
                    entries.set(place, entry(all.get(place), texts.get(place), attempt));
                });
        return new SweepResult<>(entries);
    }

    private Entry<C, R> entry(C configuration, String text, SeparateJobs.Attempt<String> attempt) {
        if (attempt.result().isEmpty()) {
            return new Entry<>(configuration, Optional.empty(), attempt.problem(), false);
        }
        try {
            var result = attempt.result().get();
            if (directory.isPresent()) {
                var json = Json.object().with(CONFIGURATION, Json.parse(text)).with(RESULT, Json.parse(result));
                AtomicFile.write(file(text), json.compact().getBytes(StandardCharsets.UTF_8));
            }
            return new Entry<>(configuration, Optional.of(read(result, results)), "", false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<R> known(String text) throws IOException {
        if (directory.isEmpty() || !Files.exists(file(text))) {
            return Optional.empty();
        }
        var source = file(text).toString();
        if (!(Json.parse(Files.readString(file(text))) instanceof Json.Obj json)
                || !json.object(CONFIGURATION).compact().equals(text)) {
            throw new FormatException(source, "it is not the result of " + text);
        }
        return Optional.of(RecordJson.read(results, json.object(RESULT), source));
    }

    /** Named after the configuration. */
    private Path file(String text) {
        return directory.orElseThrow().resolve(Fingerprint.of(text).substring(0, 24) + ".json");
    }

    private static <T extends Record> String write(T value, Class<T> type) throws FormatException {
        var text = RecordJson.write(value).compact();
        if (!read(text, type).equals(value)) {
            throw new IllegalArgumentException("sweep: " + value
                    + " does not come back from JSON as it was: an optional NaN, for one, is read as empty");
        }
        return text;
    }

    private static <T extends Record> T read(String text, Class<T> type) throws FormatException {
        return RecordJson.read(type, (Json.Obj) Json.parse(text), type.getSimpleName());
    }
}

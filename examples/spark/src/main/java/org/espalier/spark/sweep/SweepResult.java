package org.espalier.spark.sweep;

import java.util.List;
import java.util.Optional;

/**
 * What a sweep came to, in the order of its configurations.
 *
 * @param <C> a configuration
 * @param <R> a result
 * @param entries one for each configuration
 */
public record SweepResult<C extends Record, R extends Record>(List<Entry<C, R>> entries) {
    /** Takes its own copy. */
    public SweepResult {
        entries = List.copyOf(entries);
    }

    /**
     * What came of one configuration.
     *
     * @param <C> a configuration
     * @param <R> a result
     * @param configuration the configuration
     * @param result its result, if there is one
     * @param problem why there is none; otherwise empty
     * @param resumed whether the result was there from an earlier sweep
     */
    public record Entry<C extends Record, R extends Record>(
            C configuration, Optional<R> result, String problem, boolean resumed) {}

    /** The results there are. */
    public List<R> results() {
        return entries.stream().flatMap(entry -> entry.result().stream()).toList();
    }

    /** The configurations that failed as often as Spark tries a task, and why. */
    public List<Entry<C, R>> failed() {
        return entries.stream().filter(entry -> entry.result().isEmpty()).toList();
    }

    /** For example {@code 20 configurations: 12 done now, 7 before, 1 failed}, with a line for each that failed. */
    public String summary() {
        long before = entries.stream().filter(Entry::resumed).count();
        var text = new StringBuilder().append(entries.size()).append(" configurations: ")
                .append(results().size() - before).append(" done now, ").append(before).append(" before, ")
                .append(failed().size()).append(" failed");
        failed().forEach(entry -> text.append('\n').append(entry.configuration()).append(": ")
                .append(entry.problem()));
        return text.toString();
    }
}

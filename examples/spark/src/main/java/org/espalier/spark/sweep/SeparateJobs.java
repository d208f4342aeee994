package org.espalier.spark.sweep;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * Does each item as a job of its own. Spark tries a task that fails again, up to {@code spark.task.maxFailures} times
 * in all, and then gives up its job: here that is one item, and the others go on, even if it takes its JVM with it.
 */
final class SeparateJobs {
    /** Jobs that Spark knows of at a time: enough to keep many executors busy. */
    private static final int AT_A_TIME = 256;

    private static final int POLL_MILLIS = 5;
    private static final int LONGEST_PROBLEM = 300;

    private SeparateJobs() {}

    /**
     * What came of an item.
     *
     * @param result the result, if there is one
     * @param problem why there is none
     */
    record Attempt<R>(Optional<R> result, String problem) {}

    /** Hears of an item that is done, on the thread that called. */
    interface Listener<R> {
        void done(int item, Attempt<R> attempt);
    }

    /**
     * Does all items, and returns when the last is done.
     *
     * @throws CancellationException if the thread is interrupted; its flag is still set, and no job goes on
     */
    static <T extends Serializable, R> void run(
            SparkSession spark, List<T> items, Function<T, R> function, Listener<R> listener) {
        var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        var running = new TreeMap<Integer, JavaFutureAction<List<R>>>();
        try {
            int next = 0;
            while (next < items.size() || !running.isEmpty()) {
                while (next < items.size() && running.size() < AT_A_TIME) {
                    running.put(next, context.parallelize(List.of(items.get(next)), 1).map(function).collectAsync());
                    next++;
                }
                var finished = running.entrySet().stream()
                        .filter(entry -> entry.getValue().isDone())
                        .map(Map.Entry::getKey)
                        .toList();
                for (int item : finished) {
                    listener.done(item, attempt(running.remove(item)));
                }
                if (finished.isEmpty()) {
                    Thread.sleep(POLL_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while jobs ran");
        } finally {
            running.values().forEach(job -> job.cancel(true));
        }
    }

    private static <R> Attempt<R> attempt(JavaFutureAction<List<R>> job) throws InterruptedException {
        try {
            return new Attempt<>(Optional.of(job.get().getFirst()), "");
        } catch (ExecutionException e) {
            return new Attempt<>(Optional.empty(), problem(e));
        }
    }

    /** The first line of the message of what caused it all. */
    private static String problem(Throwable thrown) {
        var cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        var message = String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
        return message.length() <= LONGEST_PROBLEM ? message : message.substring(0, LONGEST_PROBLEM) + " …";
    }
}

package org.espalier.prune.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;

/**
 * A latency budget that a measurement confirms. A latency table predicts, but layers that run one after another may
 * take longer than the sum of their own times. So the pruned model is measured, and if it exceeds the budget, the table
 * is corrected by the ratio of the two and a fresh copy of the model is pruned again.
 *
 * <p>The result depends on the clock. {@link Met#costs} is the table of the last attempt: given to a pipeline, it gives
 * the same model again on any machine.
 *
 * @param micros the budget in microseconds for a call
 * @param batch rows in a call
 * @param attempts how often to prune at most
 */
public record LatencyBudget(long micros, int batch, int attempts) {
    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public LatencyBudget {
        if (micros < 1 || batch < 1 || attempts < 1) {
            throw new IllegalArgumentException("a budget of time needs a positive time, batch and number of attempts, "
                    + "not " + micros + ", " + batch + " and " + attempts);
        }
    }

    /**
     * The predicted and the measured latency of one pruning.
     *
     * @param predicted microseconds by the table it was pruned by
     * @param measured microseconds of the median call
     */
    public record Attempt(double predicted, double measured) {}

    /**
     * The outcome.
     *
     * @param model the model of the last attempt
     * @param costs the table it was pruned by
     * @param attempts all of them
     * @param isMet whether the last one is within the budget
     */
    public record Met(Layer model, LatencyTable costs, List<Attempt> attempts, boolean isMet) {}

    /**
     * Prunes a model in place by a table: a pipeline with {@code costs(table)} and a pruner {@code
     * within(Resource.MICROSECONDS, budget.micros())}.
     */
    @FunctionalInterface
    public interface Pruning {
        /** Prunes. */
        void apply(Layer model, LatencyTable costs);
    }

    /** At most three attempts. */
    public static LatencyBudget of(long micros, int batch) {
        return new LatencyBudget(micros, batch, 3);
    }

    /**
     * Prunes copies of a model, which stays as it is, until one is within the budget by {@link ModelLatency}.
     *
     * @throws IllegalArgumentException if the table does not fit the model, or as the pruning throws
     */
    public Met meet(Layer model, LatencyTable costs, Pruning prune) {
        return meet(model, costs, prune, pruned -> ModelLatency.measure(pruned, batch).median());
    }

    Met meet(Layer model, LatencyTable costs, Pruning prune, ToDoubleFunction<Layer> clock) {
        var done = new ArrayList<Attempt>();
        var table = costs;
        while (true) {
            var copy = Layers.copy(model);
            prune.apply(copy, table);
            var attempt = new Attempt(table.micros(copy), clock.applyAsDouble(copy));
            done.add(attempt);
            boolean met = attempt.measured() <= micros;
            if (met || done.size() == attempts || attempt.predicted() == 0) {
                return new Met(copy, table, List.copyOf(done), met);
            }
            table = table.scaled(attempt.measured() / attempt.predicted());
        }
    }
}

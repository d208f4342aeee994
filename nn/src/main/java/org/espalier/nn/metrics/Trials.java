package org.espalier.nn.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;

/**
 * The answers of dense and pruned models to the same test samples, a pair of models for each seed.
 *
 * @param trials one for each seed, at least one
 */
public record Trials(List<Trial> trials) {
    /**
     * One seed.
     *
     * @param seed the seed that both models come from
     * @param dense the answers of the dense model
     * @param pruned the answers of the pruned one
     */
    public record Trial(long seed, Answers dense, Answers pruned) {}

    /**
     * A dense model and the pruned one made of a copy of it.
     *
     * @param dense the model before
     * @param pruned the model after
     */
    public record Pair(Layer dense, Layer pruned) {}

    /**
     * Takes its own copy.
     *
     * @throws IllegalArgumentException if there is no trial, or they are not all of the same number of samples
     */
    public Trials {
        trials = List.copyOf(trials);
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("a comparison needs at least one seed");
        }
        for (var trial : trials) {
            McNemar.requirePaired(trials.getFirst().dense, trial.dense);
            McNemar.requirePaired(trials.getFirst().dense, trial.pruned);
        }
    }

    /**
     * Makes a pair of models for each seed and asks both about all test samples, once.
     *
     * @param models trains and prunes by a seed; what one seed gives must not depend on the others
     */
    public static Trials run(Dataset test, LongFunction<Pair> models, long... seeds) {
        var trials = new ArrayList<Trial>();
        for (long seed : seeds) {
            var pair = models.apply(seed);
            trials.add(new Trial(seed, Answers.of(pair.dense, test), Answers.of(pair.pruned, test)));
        }
        return new Trials(trials);
    }

    /**
     * Compares, with a confidence of 95 %.
     *
     * @param margin the loss of accuracy that would not matter, such as 0.002; to be chosen before looking
     * @throws IllegalArgumentException if the margin is negative or not a number
     */
    public Comparison compare(double margin) {
        return Comparison.of(this, margin);
    }
}

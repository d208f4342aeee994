package org.espalier.prune.search;

import java.util.List;

/**
 * A candidate at one sparsity and number of epochs, over seeds.
 *
 * @param candidate its name
 * @param sparsity how much it removes
 * @param epochs how long each run was trained
 * @param runs one for each seed
 */
public record Tried(String candidate, double sparsity, int epochs, List<Outcome> runs) {
    /** Takes its own copy. */
    public Tried {
        runs = List.copyOf(runs);
    }

    /** The mean loss of the metric against the dense model on the validation samples. */
    public double drop() {
        return mean(runs.stream().mapToDouble(Outcome::drop).toArray());
    }

    /** The mean cost. */
    public double size() {
        return mean(runs.stream().mapToDouble(Outcome::size).toArray());
    }

    /** The mean of the metric of the pruned models. */
    public double score() {
        return mean(runs.stream().mapToDouble(Outcome::pruned).toArray());
    }

    /** Whether the other is at least as small and as good, and one of them more so. */
    boolean isDominatedBy(Tried other) {
        return other.size() <= size() && other.drop() <= drop() && (other.size() < size() || other.drop() < drop());
    }

    /** Whether both cost the same and lose the same. */
    boolean isEqualTo(Tried other) {
        return other.size() == size() && other.drop() == drop();
    }

    /** The mean; a model whose metric is NaN is infinitely worse. */
    private static double mean(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
        }
        return sum / values.length;
    }
}

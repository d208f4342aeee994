package org.espalier.prune.criterion;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.prune.sparsity.Units;

/**
 * The importance of one weight's parts, whatever the parts are: asked for units, it gives a number for each. This keeps
 * the criterion apart from the grouping: most criteria say what each element contributes and how a sum is finished.
 */
@FunctionalInterface
public interface Scores {
    /**
     * The score of each unit, higher more important. Entries of removed units are ignored.
     *
     * @throws IllegalArgumentException if the criterion has no meaning for such units
     */
    double[] of(Units units);

    /** The sum of the contributions of a unit's elements; one contribution per element of the weight. */
    static Scores sum(double[] contributions) {
        return units -> units.sum(contributions);
    }

    /** As {@link #sum(double[])}, each sum then finished: the root of a sum of squares, for example. */
    static Scores sum(double[] contributions, DoubleUnaryOperator finish) {
        return units -> finished(units, contributions, finish);
    }

    /**
     * The mean over samples of finished sums: for criteria whose finish does not commute with the mean, such as the
     * square of a sum taken on every batch.
     *
     * @param samples contributions for each sample, at least one
     */
    static Scores meanOfSums(List<double[]> samples, DoubleUnaryOperator finish) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("the mean of no samples is not a score");
        }
        return units -> {
            var mean = new double[units.count()];
            for (var sample : samples) {
                var sums = finished(units, sample, finish);
                for (int unit = 0; unit < mean.length; unit++) {
                    mean[unit] += sums[unit] / samples.size();
                }
            }
            return mean;
        };
    }

    /** Scores of whole rows: only neurons have them. */
    static Scores ofNeurons(String criterion, double[] rows) {
        return units -> {
            if (!(units.pattern() instanceof SparsityPattern.Neurons)) {
                throw new IllegalArgumentException(
                        criterion + " scores neurons only, not " + units.pattern().text());
            }
            return rows.clone();
        };
    }

    private static double[] finished(Units units, double[] contributions, DoubleUnaryOperator finish) {
        var sums = units.sum(contributions);
        for (int unit = 0; unit < sums.length; unit++) {
            sums[unit] = finish.applyAsDouble(sums[unit]);
        }
        return sums;
    }
}

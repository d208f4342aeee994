package org.espalier.prune.sparsity;

import java.util.Arrays;
import java.util.List;

/**
 * Removes the lowest scores by exact count. The order is (score, layer, index): of equal scores those of earlier
 * layers, and in a layer those with lower indices, go first.
 *
 * <p>Idea: the k-th smallest score is found by sorting plain numbers; everything below it goes, and of those equal to
 * it as many as are missing, in order. So no object per unit is made and the result is independent of the sort. −0 and
 * +0 are equal. Cost: n log n.
 */
public final class Lowest {
    private Lowest() {}

    /** Clears the {@code count} lowest of the kept units in [from, to) of one layer. */
    public static void remove(double[] scores, boolean[] keeps, int from, int to, int count) {
        remove(List.of(new Range(scores, keeps, from, to)), count);
    }

    /** Part of a layer: the units in [from, to) that are kept are candidates. */
    record Range(double[] scores, boolean[] keeps, int from, int to) {}

    /** Clears the {@code count} lowest of the kept units of several layers together. */
    static void remove(List<Range> ranges, int count) {
        if (count <= 0) {
            return;
        }
        double[] sorted = ranges.stream().flatMapToDouble(Lowest::kept).toArray();
        Arrays.sort(sorted);
        if (Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("a score is NaN; look for NaN in the weights and in the data");
        }
        double last = sorted[count - 1];
        int below = 0;
        while (sorted[below] < last) {
            below++;
        }
        int equal = count - below;
        for (var range : ranges) {
            for (int unit = range.from; unit < range.to; unit++) {
                if (range.keeps[unit] && range.scores[unit] <= last) {
                    boolean tie = range.scores[unit] == last;
                    range.keeps[unit] = tie && equal == 0;
                    equal -= tie && equal > 0 ? 1 : 0;
                }
            }
        }
    }

    private static java.util.stream.DoubleStream kept(Range range) {
        return java.util.stream.IntStream.range(range.from, range.to)
                .filter(unit -> range.keeps[unit])
                .mapToDouble(unit -> range.scores[unit]);
    }
}

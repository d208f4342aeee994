package org.espalier.prune.deploy;

import java.util.List;

/**
 * The latency of a linear layer in microseconds as it gets smaller or sparser: with dense weights for numbers of rows
 * and columns, and in the fastest sparse form for numbers of kept weights. Between measurements times are linear; fewer
 * rows, columns or weights never take longer than more: measurements that contradict that are corrected.
 *
 * @param layer its dotted name
 * @param rows numbers of neurons, ascending, the last one all
 * @param columns numbers of inputs, likewise
 * @param dense times with dense weights, for each number of rows one for each number of columns
 * @param kept numbers of kept weights, ascending; may be empty
 * @param sparse a time for each of them, in the fastest sparse form of all rows and columns
 */
public record LayerLatency(
        String layer,
        List<Integer> rows,
        List<Integer> columns,
        List<List<Double>> dense,
        List<Integer> kept,
        List<Double> sparse) {
    /**
     * Takes its own copies and corrects times that shrink.
     *
     * @throws IllegalArgumentException if numbers do not ascend from 1, times are missing or not positive and finite
     */
    public LayerLatency {
        rows = ascending(layer, rows);
        columns = ascending(layer, columns);
        kept = ascending(layer, kept);
        if (rows.isEmpty() || columns.isEmpty() || dense.size() != rows.size() || sparse.size() != kept.size()) {
            throw new IllegalArgumentException("times of layer '" + layer + "': one is needed for each number");
        }
        var table = new double[rows.size()][columns.size()];
        for (int i = table.length - 1; i >= 0; i--) {
            var line = dense.get(i);
            if (line.size() != columns.size()) {
                throw new IllegalArgumentException("times of layer '" + layer + "': one is needed for each number");
            }
            for (int j = line.size() - 1; j >= 0; j--) {
                double time = require(layer, line.get(j));
                time = i + 1 < table.length ? Math.min(time, table[i + 1][j]) : time;
                table[i][j] = j + 1 < line.size() ? Math.min(time, table[i][j + 1]) : time;
            }
        }
        dense = java.util.Arrays.stream(table)
                .map(line -> java.util.Arrays.stream(line).boxed().toList())
                .toList();
        var ascending = new Double[sparse.size()];
        for (int i = ascending.length - 1; i >= 0; i--) {
            double time = require(layer, sparse.get(i));
            ascending[i] = i + 1 < ascending.length ? Math.min(time, ascending[i + 1]) : time;
        }
        sparse = List.of(ascending);
    }

    /** The same numbers with all times multiplied. */
    LayerLatency scaled(double factor) {
        return new LayerLatency(
                layer, rows, columns, dense.stream().map(line -> times(line, factor)).toList(), kept,
                times(sparse, factor));
    }

    private static List<Double> times(List<Double> times, double factor) {
        return times.stream().map(time -> time * factor).toList();
    }

    private static List<Integer> ascending(String layer, List<Integer> numbers) {
        int last = 0;
        for (int number : numbers) {
            if (number <= last) {
                throw new IllegalArgumentException("times of layer '" + layer + "': numbers must ascend: " + numbers);
            }
            last = number;
        }
        return List.copyOf(numbers);
    }

    private static double require(String layer, double time) {
        if (!(time > 0 && time < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("times of layer '" + layer + "': " + time + " µs is not a duration");
        }
        return time;
    }

    /**
     * The time in the fastest form.
     *
     * @param liveRows rows that have a kept weight
     * @param liveColumns columns that have one
     * @param keptWeights kept weights
     */
    public double micros(int liveRows, int liveColumns, int keptWeights) {
        if (keptWeights == 0) {
            return 0;
        }
        int i = segment(rows, liveRows);
        double way = way(rows, i, liveRows);
        double time = (1 - way) * across(i, liveColumns) + way * across(Math.min(i + 1, rows.size() - 1), liveColumns);
        if (kept.isEmpty() || keptWeights > kept.getLast()) {
            return time;
        }
        int k = segment(kept, keptWeights);
        double part = way(kept, k, keptWeights);
        double least = (1 - part) * sparse.get(k) + part * sparse.get(Math.min(k + 1, kept.size() - 1));
        return Math.min(time, least);
    }

    private double across(int row, int liveColumns) {
        int j = segment(columns, liveColumns);
        double way = way(columns, j, liveColumns);
        var line = dense.get(row);
        return (1 - way) * line.get(j) + way * line.get(Math.min(j + 1, line.size() - 1));
    }

    /** The last index whose number is not above; 0 if all are. */
    private static int segment(List<Integer> numbers, int number) {
        int i = 0;
        while (i + 1 < numbers.size() && numbers.get(i + 1) <= number) {
            i++;
        }
        return i;
    }

    /** How far a number is from one to the next, 0 outside of what was measured. */
    private static double way(List<Integer> numbers, int i, int number) {
        return i + 1 == numbers.size() || number <= numbers.get(i)
                ? 0
                : (double) (number - numbers.get(i)) / (numbers.get(i + 1) - numbers.get(i));
    }
}

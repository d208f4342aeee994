package org.espalier.prune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.prune.sparsity.BySensitivity;

/**
 * How much worse a model gets when one layer at a time is pruned, without retraining.
 *
 * @param measure what was measured
 * @param higherIsBetter whether more of it is better
 * @param dense the measure of the model as it was
 * @param points what was tried, by criterion, then layer, then sparsity
 */
public record Sensitivity(String measure, boolean higherIsBetter, double dense, List<Point> points) {
    /**
     * One layer pruned to one sparsity.
     *
     * @param criterion the text of the criterion
     * @param layer the name of the layer, the only one that was pruned
     * @param sparsity the fraction of its units that was removed
     * @param units how many units it has
     * @param value the measure
     */
    public record Point(String criterion, String layer, double sparsity, int units, double value) {}

    /** Takes its own copy of the list. */
    public Sensitivity {
        points = List.copyOf(points);
    }

    /**
     * The points of several scans of one model, in the order of the list: of layers that were tried on different
     * machines.
     *
     * @throws IllegalArgumentException if there are none, or they measured different things or models
     */
    public static Sensitivity merge(List<Sensitivity> scans) {
        if (scans.isEmpty()) {
            throw new IllegalArgumentException("there are no scans to merge");
        }
        var first = scans.getFirst();
        var points = new ArrayList<Point>();
        for (var scan : scans) {
            if (!scan.measure.equals(first.measure) || scan.higherIsBetter != first.higherIsBetter
                    || Double.compare(scan.dense, first.dense) != 0) {
                throw new IllegalArgumentException("one scan measured " + scan.measure + " of " + scan.dense
                        + " for the dense model, another " + first.measure + " of " + first.dense);
            }
            points.addAll(scan.points);
        }
        return new Sensitivity(first.measure, first.higherIsBetter, first.dense, points);
    }

    /** How much worse the model was at this point; negative if it was better. */
    public double drop(Point point) {
        return higherIsBetter ? dense - point.value : point.value - dense;
    }

    /**
     * A sparsity for each layer, such that at least this share of all units goes and the largest drop of a single layer
     * is as small as the points allow. Sparsities are among those tried, or 0.
     *
     * @param criterion whose points to use
     * @param sparsity the fraction of all units that is to go
     * @throws IllegalArgumentException if the criterion was not tried, or no choice of points removes so much
     */
    public Map<String, Double> amounts(String criterion, double sparsity) {
        var mine = points.stream()
                .filter(point -> point.criterion.equals(criterion))
                .toList();
        if (mine.isEmpty()) {
            throw new IllegalArgumentException("criterion '" + criterion + "' was not tried");
        }
        var layers = new LinkedHashMap<String, Integer>();
        mine.forEach(point -> layers.put(point.layer, point.units));
        double wanted = sparsity * layers.values().stream().mapToInt(units -> units).sum();
        var limits = mine.stream().map(this::drop).filter(drop -> !drop.isNaN()).sorted().distinct().toList();
        for (double limit : limits) {
            var amounts = new LinkedHashMap<String, Double>();
            layers.keySet().forEach(layer -> amounts.put(layer, most(mine, layer, limit)));
            double removed = 0;
            for (var amount : amounts.entrySet()) {
                removed += amount.getValue() * layers.get(amount.getKey());
            }
            if (removed >= wanted) {
                return amounts;
            }
        }
        throw new IllegalArgumentException("no choice among the sparsities tried removes a fraction of " + sparsity);
    }

    /**
     * An allocation that prunes all layers to the same drop.
     *
     * @param criterion whose points to use
     * @throws IllegalArgumentException if the criterion was not tried
     */
    public BySensitivity allocation(String criterion) {
        var curves = new LinkedHashMap<String, List<BySensitivity.Point>>();
        for (var point : points) {
            if (point.criterion.equals(criterion) && point.sparsity > 0) {
                curves.computeIfAbsent(point.layer, layer -> new ArrayList<>())
                        .add(new BySensitivity.Point(point.sparsity, drop(point)));
            }
        }
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("criterion '" + criterion + "' was not tried");
        }
        return new BySensitivity(curves);
    }

    /** The largest sparsity up to which no drop of this layer is above the limit. */
    private double most(List<Point> tried, String layer, double limit) {
        double most = 0;
        for (var point : tried) {
            if (point.layer.equals(layer)) {
                if (!(drop(point) <= limit)) {
                    return most;
                }
                most = point.sparsity;
            }
        }
        return most;
    }

    /** Comma-separated values with a line of names, for plotting. */
    public String toCsv() {
        return "criterion,layer,sparsity,units," + measure + "\n"
                + points.stream()
                        .map(point -> String.join(
                                ",",
                                point.criterion,
                                point.layer,
                                Double.toString(point.sparsity),
                                Integer.toString(point.units),
                                Double.toString(point.value)))
                        .collect(Collectors.joining("\n", "", "\n"));
    }
}

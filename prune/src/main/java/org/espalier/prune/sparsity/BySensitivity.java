package org.espalier.prune.sparsity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.prune.notation.Notation;

/**
 * Sensitivity-based allocation: prunes each layer to the sparsity whose predicted drop of a measure, from a scan of one
 * layer at a time, is equal. Between two sparsities that were tried the drop is interpolated linearly, and it never
 * decreases. The total is exact; fractions of a unit go as for {@link Allocation.Erk}. Within a layer the lowest scores
 * are removed. Layers without a curve are left alone.
 *
 * <p>The idea is that of the sensitivity pruner of Han et al. (NIPS 2015, arXiv 1506.02626), with measured drops in
 * place of its guess from the standard deviation of the weights.
 *
 * @param curves for each layer by its name, what was tried, by ascending sparsity
 */
@Notation("sensitivity {curves}")
public record BySensitivity(Map<String, List<Point>> curves) implements Allocation {
    /**
     * A layer pruned alone.
     *
     * @param sparsity the fraction of its units that was removed
     * @param drop how much worse the model was; NaN if it failed
     */
    @Notation("{sparsity}:{drop}")
    public record Point(double sparsity, double drop) {}

    /**
     * Takes its own copies.
     *
     * @throws IllegalArgumentException if there is no curve, or the sparsities of one do not ascend within (0, 1]
     */
    public BySensitivity {
        var copy = new LinkedHashMap<String, List<Point>>();
        curves.forEach((layer, points) -> {
            double last = 0;
            for (var point : points) {
                if (!(point.sparsity > last && point.sparsity <= 1)) {
                    throw new IllegalArgumentException(
                            "layer '" + layer + "': sparsities must ascend within (0, 1], not " + point.sparsity);
                }
                last = point.sparsity;
            }
            copy.put(layer, List.copyOf(points));
        });
        if (copy.isEmpty()) {
            throw new IllegalArgumentException("an allocation by sensitivity needs the curve of a layer");
        }
        curves = Collections.unmodifiableMap(copy);
    }

    @Override
    public List<boolean[]> keep(List<Candidates> layers, Goal goal, Floor floor) {
        int total = layers.stream().mapToInt(layer -> layer.units().count()).sum();
        int atStart = layers.stream().mapToInt(layer -> layer.atStart().removed()).sum();
        int keep = total - goal.removed(total, atStart);
        var ideal = ideal(layers, keep);
        return Counts.keep(text(), layers, Counts.rounded(ideal, keep, layers), floor);
    }

    /** How many units each layer keeps at the drop at which {@code keep} stay altogether; not rounded. */
    private double[] ideal(List<Candidates> layers, int keep) {
        var before = kept(layers, Double.NEGATIVE_INFINITY);
        double keptBefore = sum(before);
        for (double drop : drops()) {
            var now = kept(layers, drop);
            double keptNow = sum(now);
            if (keptNow <= keep) {
                // Between two drops every layer's share is linear in the drop, so that any part of the way is exact.
                double way = keptBefore == keptNow ? 1 : Math.max(0, (keptBefore - keep) / (keptBefore - keptNow));
                for (int i = 0; i < now.length; i++) {
                    now[i] = before[i] + way * (now[i] - before[i]);
                }
                return now;
            }
            before = now;
            keptBefore = keptNow;
        }
        throw new IllegalArgumentException("the sensitivities tried allow to keep " + (long) Math.ceil(keptBefore)
                + " units or more, not " + keep + "; scan higher sparsities");
    }

    /** All drops at which a curve bends, ascending. */
    private List<Double> drops() {
        return curves.values().stream()
                .flatMap(points -> rising(points).stream())
                .map(Point::drop)
                .sorted()
                .distinct()
                .toList();
    }

    private double[] kept(List<Candidates> layers, double drop) {
        return layers.stream()
                .mapToDouble(layer -> Math.min(
                        layer.alive(),
                        (1 - most(curves.getOrDefault(layer.layer(), List.of()), drop))
                                * layer.units().count()))
                .toArray();
    }

    /** The largest sparsity with no more than this drop. */
    private static double most(List<Point> points, double drop) {
        var last = new Point(0, 0);
        if (drop < 0) {
            return 0;
        }
        for (var point : rising(points)) {
            if (point.drop > drop) {
                return last.sparsity
                        + (point.sparsity - last.sparsity) * (drop - last.drop) / (point.drop - last.drop);
            }
            last = point;
        }
        return last.sparsity;
    }

    /** The curve with drops of at least 0 that never shrink, up to the first one that is not a number. */
    private static List<Point> rising(List<Point> points) {
        var rising = new ArrayList<Point>();
        double highest = 0;
        for (var point : points) {
            if (!Double.isFinite(point.drop)) {
                break;
            }
            highest = Math.max(highest, point.drop);
            rising.add(new Point(point.sparsity, highest));
        }
        return rising;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}

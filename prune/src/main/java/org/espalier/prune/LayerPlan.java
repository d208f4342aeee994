package org.espalier.prune;

import java.util.Objects;
import java.util.stream.IntStream;
import org.espalier.nn.Mask;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.sparsity.Units;

/** The scored units of one layer and which of them stay. */
final class LayerPlan {
    private final PrunableWeight target;
    private final Units units;
    private final double[] scores;
    private final boolean[] keeps;

    LayerPlan(PrunableWeight target, Units units, double[] scores, boolean[] keeps) {
        this.target = target;
        this.units = units;
        this.scores = scores;
        this.keeps = keeps;
    }

    PrunableWeight target() {
        return target;
    }

    Units units() {
        return units;
    }

    /** Units removed before and by this plan. */
    int removed() {
        int removed = 0;
        for (boolean keep : keeps) {
            removed += keep ? 0 : 1;
        }
        return removed;
    }

    boolean changes() {
        return removed() > units.removed();
    }

    Mask weightMask() {
        return units.mask(unit -> keeps[unit]);
    }

    /** The units that this plan removes. */
    int[] newlyRemoved() {
        return IntStream.range(0, keeps.length)
                .filter(unit -> !keeps[unit] && !units.isRemoved(unit))
                .toArray();
    }

    /** The sum of the scores of the units that this plan removes. */
    double lostScore() {
        return IntStream.of(newlyRemoved()).mapToDouble(unit -> scores[unit]).sum();
    }

    Explanation explain(int unit) {
        Objects.checkIndex(unit, keeps.length);
        int rank = 1;
        double threshold = Double.NEGATIVE_INFINITY;
        for (int other = 0; other < keeps.length; other++) {
            if (units.isRemoved(other)) {
                continue;
            }
            boolean before = scores[other] < scores[unit] || scores[other] == scores[unit] && other < unit;
            rank += before ? 1 : 0;
            threshold = keeps[other] ? threshold : Math.max(threshold, scores[other]);
        }
        return new Explanation(
                target.layer(),
                unit,
                units.isRemoved(unit)
                        ? Explanation.Fate.REMOVED_EARLIER
                        : keeps[unit] ? Explanation.Fate.KEPT : Explanation.Fate.REMOVED,
                scores[unit],
                rank,
                units.count() - units.removed(),
                threshold);
    }
}

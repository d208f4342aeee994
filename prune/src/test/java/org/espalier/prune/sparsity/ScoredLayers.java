package org.espalier.prune.sparsity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;

/** Candidates for the tests of allocations: layers of single weights with given scores. */
public final class ScoredLayers {
    private ScoredLayers() {}

    /** A layer of one row; a score of NaN stands for a weight that is already removed. */
    public static Candidates row(String name, double... scores) {
        return of(name, 1, scores);
    }

    public static Candidates of(String name, int rows, double... scores) {
        var shape = Shape.of(rows, scores.length / rows);
        var mask = Mask.of(shape, i -> !Double.isNaN(scores[i]));
        return new Candidates(name, SparsityPattern.weights().units(shape, Optional.of(mask)), scores);
    }

    public static Candidates pools(String name, int pool, double... scores) {
        return new Candidates(name, SparsityPattern.nm(pool).units(Shape.of(1, scores.length), Optional.empty()),
                scores);
    }

    public static Goal sparsity(double share) {
        return Goal.of(Amount.sparsity(share));
    }

    /** The kept units of each layer, such as {@code [0, 2]}. */
    public static List<List<Integer>> kept(Allocation allocation, Goal goal, Floor floor, Candidates... layers) {
        var kept = new ArrayList<List<Integer>>();
        for (var keeps : allocation.keep(List.of(layers), goal, floor)) {
            var units = new ArrayList<Integer>();
            for (int unit = 0; unit < keeps.length; unit++) {
                if (keeps[unit]) {
                    units.add(unit);
                }
            }
            kept.add(units);
        }
        return kept;
    }
}

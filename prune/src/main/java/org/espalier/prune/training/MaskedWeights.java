package org.espalier.prune.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.Mask;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.criterion.ScoringContext;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Candidates;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.Goal;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.prune.sparsity.Units;

/**
 * The weights of a model's linear layers, and the masks they had when training began. A weight may come back if its row
 * and its column had one left then: neurons and inputs that earlier pruning removed stay away.
 */
final class MaskedWeights {
    private static final SparsityPattern SINGLE = SparsityPattern.weights();

    private final Layer model;
    private final List<PrunableWeight> targets;
    private final Map<String, Optional<Mask>> before = new LinkedHashMap<>();
    private final Map<String, boolean[]> allowed = new LinkedHashMap<>();

    private MaskedWeights(Layer model) {
        this.model = model;
        this.targets = PrunableWeight.of(model);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("there is no linear layer whose mask could change");
        }
        for (var target : targets) {
            before.put(target.name(), target.mask());
            allowed.put(target.name(), allowed(target));
        }
    }

    /** The ground as it is before training. */
    static MaskedWeights of(Layer model) {
        return new MaskedWeights(model);
    }

    private static boolean[] allowed(PrunableWeight target) {
        int columns = target.weight().shape().dim(1);
        var rowLives = new boolean[target.weight().shape().dim(0)];
        var columnLives = new boolean[columns];
        boolean[] kept = kept(target.weight().size(), target.mask());
        for (int i = 0; i < kept.length; i++) {
            rowLives[i / columns] |= kept[i];
            columnLives[i % columns] |= kept[i];
        }
        var allowed = new boolean[kept.length];
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = rowLives[i / columns] && columnLives[i % columns];
        }
        return allowed;
    }

    private static boolean[] kept(int size, Optional<Mask> mask) {
        var kept = new boolean[size];
        for (int i = 0; i < size; i++) {
            kept[i] = mask.isEmpty() || mask.get().keeps(i);
        }
        return kept;
    }

    /** The weights, in the order of the model. */
    List<PrunableWeight> targets() {
        return targets;
    }

    /** Which weights may be kept; not a copy. */
    boolean[] allowed(int target) {
        return allowed.get(targets.get(target).name());
    }

    /** Which weights are kept now. */
    boolean[] kept(int target) {
        var weight = targets.get(target).weight();
        return kept(weight.size(), weight.mask());
    }

    /** The masks now, in the order of the weights. */
    List<Optional<Mask>> masks() {
        return targets.stream().map(PrunableWeight::mask).toList();
    }

    /** Restores the masks that training began with; regrown weights start at zero. */
    void restore() {
        targets.forEach(target -> set(target, before.get(target.name())));
    }

    /** Keeps these weights and no others; without need there is no mask. */
    void keep(int target, boolean[] keeps) {
        var one = targets.get(target);
        var mask = Mask.of(one.weight().shape(), keeps);
        boolean needed = mask.kept() < mask.size() || before.get(one.name()).isPresent();
        set(one, needed ? Optional.of(mask) : Optional.empty());
    }

    private static void set(PrunableWeight target, Optional<Mask> mask) {
        if (!target.mask().equals(mask)) {
            mask.ifPresentOrElse(target.weight()::assignMask, target.weight()::clearMask);
        }
    }

    /** How many are kept now. */
    int kept() {
        return targets.stream().mapToInt(target -> target.weight().kept()).sum();
    }

    /**
     * Removes the weights that score lowest, so that the goal is met; none comes back. Where layers share one ranking,
     * each keeps at least one.
     */
    void remove(Criterion criterion, Allocation allocation, Goal goal, long seed) {
        keep(choose(criterion, allocation, goal, seed));
    }

    /** Keeps these weights of each layer and no others. */
    void keep(List<boolean[]> keeps) {
        for (int i = 0; i < keeps.size(); i++) {
            keep(i, keeps.get(i));
        }
    }

    /** Which weights {@link #remove} would keep. */
    List<boolean[]> choose(Criterion criterion, Allocation allocation, Goal goal, long seed) {
        var floor = allocation.isPerLayer() ? Floor.NONE : Floor.units(1);
        return allocation.keep(candidates(criterion, seed), goal, floor);
    }

    private List<Candidates> candidates(Criterion criterion, long seed) {
        var scores = criterion.score(new ScoringContext(model, targets, Calibration.none(), seed));
        var candidates = new ArrayList<Candidates>();
        for (var target : targets) {
            Units now = SINGLE.units(target.weight().shape(), target.mask());
            Units atStart = SINGLE.units(target.weight().shape(), before.get(target.name()));
            candidates.add(new Candidates(target.layer(), now, atStart, scores.get(target.name()).of(now)));
        }
        return candidates;
    }
}

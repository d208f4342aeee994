package org.espalier.nn;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.StringJoiner;
import org.espalier.tensor.Tensor;

/**
 * Branches that all read the same input, their outputs side by side along the innermost axis. Branches without a name
 * given are called {@code branch1}, {@code branch2}, … An empty {@link Sequential} is the branch that keeps the input.
 */
public final class Concat implements Layer {
    private final SequencedMap<String, Layer> branches;

    private Concat(SequencedMap<String, Layer> branches) {
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("concat: needs at least one branch");
        }
        this.branches = Sequential.checkedNames(branches);
    }

    /** Branches in the order of their outputs. */
    public static Concat of(Layer... branches) {
        var named = new LinkedHashMap<String, Layer>();
        for (int i = 0; i < branches.length; i++) {
            named.put("branch" + (i + 1), branches[i]);
        }
        return new Concat(named);
    }

    /** Branches under names of your own; throws {@link IllegalArgumentException} if one is empty or has a dot. */
    public static Concat of(SequencedMap<String, Layer> branches) {
        return new Concat(branches);
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        return Tensor.concat(
                -1, branches.values().stream().map(branch -> branch.forward(x, mode)).toArray(Tensor[]::new));
    }

    @Override
    public SequencedMap<String, Layer> children() {
        return branches;
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("concat");
    }

    static Concat build(Blueprint plan) {
        return new Concat(plan.children());
    }

    /** For example {@code Concat(branch1 = Sequential(), branch2 = Linear(3 → 5))}. */
    @Override
    public String toString() {
        var text = new StringJoiner(", ", "Concat(", ")");
        branches.forEach((name, branch) -> text.add(name + " = " + branch));
        return text.toString();
    }
}

package org.espalier.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.StringJoiner;

/**
 * Branches that all read the same input, their outputs side by side along the innermost axis. Branches without a name
 * given are called {@code branch1}, {@code branch2}, … An empty {@link Sequential} is the branch that keeps the input.
 */
public final class Concat implements Container {
    private final List<Part> parts;

    private Concat(SequencedMap<String, Layer> branches) {
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("concat: needs at least one branch");
        }
        var all = new ArrayList<Part>();
        var values = new Integer[branches.size()];
        for (var branch : Sequential.checkedNames(branches).entrySet()) {
            all.add(Part.of(branch.getKey(), branch.getValue(), 0));
            values[all.size() - 1] = all.size();
        }
        all.add(Part.of(Join.concat(), values));
        this.parts = List.copyOf(all);
    }

    private static Concat placed(SequencedMap<String, Layer> branches) {
        var concat = new Concat(branches);
        Layers.place(concat);
        return concat;
    }

    /** Branches in the order of their outputs. */
    public static Concat of(Layer... branches) {
        var named = new LinkedHashMap<String, Layer>();
        for (int i = 0; i < branches.length; i++) {
            named.put("branch" + (i + 1), branches[i]);
        }
        return placed(named);
    }

    /** Branches with names; throws {@link IllegalArgumentException} if one is empty or has a dot. */
    public static Concat of(SequencedMap<String, Layer> branches) {
        return placed(branches);
    }

    @Override
    public List<Part> parts() {
        return parts;
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
        children().forEach((name, branch) -> text.add(name + " = " + branch));
        return text.toString();
    }
}

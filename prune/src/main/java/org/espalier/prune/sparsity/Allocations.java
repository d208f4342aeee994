package org.espalier.prune.sparsity;

import java.util.List;
import java.util.stream.Stream;

/** The allocations, for recipes, tables and scans. */
public final class Allocations {
    private static final List<Allocation> ALL =
            List.of(new Uniform(), new Global(false), new Global(true), new Erk(), new Lamp());

    private Allocations() {}

    /** All that have no settings and take any amount, in a fixed order. */
    public static List<Allocation> all() {
        return ALL;
    }

    /**
     * The allocation with this {@linkplain Allocation#text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Allocation parse(String text) {
        if (BySensitivity.isText(text)) {
            return BySensitivity.parse(text);
        }
        return Stream.concat(ALL.stream(), Stream.of(new Greedy()))
                .filter(allocation -> allocation.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no allocation is called '" + text + "'; there are "
                        + String.join(", ", ALL.stream().map(Allocation::text).toList())
                        + ", greedy and sensitivity layer sparsity:drop …; layer …"));
    }
}

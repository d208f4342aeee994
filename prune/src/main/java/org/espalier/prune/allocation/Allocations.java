package org.espalier.prune.allocation;

import java.util.List;

/** The allocations, for recipes, tables and scans. */
public final class Allocations {
    private static final List<Allocation> ALL =
            List.of(new Uniform(), new Global(false), new Global(true), new Erk(), new Lamp());

    private Allocations() {}

    /** All of them, in a fixed order. */
    public static List<Allocation> all() {
        return ALL;
    }

    /**
     * The allocation with this {@linkplain Allocation#text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Allocation parse(String text) {
        return ALL.stream()
                .filter(allocation -> allocation.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no allocation is called '" + text + "'; there are "
                        + String.join(", ", ALL.stream().map(Allocation::text).toList())));
    }
}

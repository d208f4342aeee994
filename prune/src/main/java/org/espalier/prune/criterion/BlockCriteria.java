package org.espalier.prune.criterion;

import java.util.List;

/** The criteria for blocks, for recipes and tables. */
public final class BlockCriteria {
    private static final List<BlockCriterion> ALL = List.of(new BlockInfluence(), new BlockDrop());

    private BlockCriteria() {}

    /** All of them, in a fixed order. */
    public static List<BlockCriterion> all() {
        return ALL;
    }

    /**
     * The criterion with this {@linkplain BlockCriterion#text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static BlockCriterion parse(String text) {
        return ALL.stream()
                .filter(criterion -> criterion.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no criterion for blocks is called '" + text
                        + "'; there are " + String.join(", ", ALL.stream().map(BlockCriterion::text).toList())));
    }
}

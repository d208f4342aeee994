package org.espalier.prune.criterion;

import java.util.List;

/** The criteria that need no arguments, for recipes, tables and scans. */
public final class Criteria {
    private static final List<Criterion> ALL = List.of(
            Magnitude.L1,
            Magnitude.L2,
            new RandomScore(),
            new Fpgm(),
            new GradientMagnitude(),
            Taylor.GROUP,
            Taylor.SQUARED,
            Taylor.ABSOLUTE,
            new Saliency(),
            new Snip(),
            new Wanda(),
            ActivationRate.APOZ,
            ActivationRate.MEAN,
            new BatchNormScale(),
            new Grasp(),
            new SynFlow(),
            new OptimalBrainDamage(Curvature.FISHER),
            new OptimalBrainDamage(Curvature.HUTCHINSON),
            new HessianTrace(),
            new RoundingAware(4));

    private Criteria() {}

    /** All of them, in a fixed order. */
    public static List<Criterion> all() {
        return ALL;
    }

    /** A Markdown table of all of them: formula, source, what they need and what they can score. */
    public static String table() {
        return CriteriaTable.markdown(ALL);
    }

    /**
     * The criterion with this {@linkplain Criterion#text() text}: one of {@link #all}, a {@link LpMagnitude}, a
     * {@link Grasp} or a {@link RoundingAware} with its argument.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Criterion parse(String text) {
        if (text.startsWith(RoundingAware.NAME)) {
            return new RoundingAware(Integer.parseInt(text.substring(RoundingAware.NAME.length())));
        }
        int space = text.lastIndexOf(' ') + 1;
        return switch (text.substring(0, space)) {
            case "magnitude lp " -> new LpMagnitude(Double.parseDouble(text.substring(space)));
            case "grasp temperature " -> new Grasp(Float.parseFloat(text.substring(space)));
            default -> ALL.stream()
                    .filter(criterion -> criterion.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no criterion is called '" + text
                            + "'; there are " + String.join(", ", ALL.stream().map(Criterion::text).toList())
                            + ", magnitude lp P, grasp temperature T and rounding-aware intB"));
        };
    }
}

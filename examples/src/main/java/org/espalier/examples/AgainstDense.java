package org.espalier.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.espalier.io.Json;
import org.espalier.nn.metrics.Comparison;
import org.espalier.nn.metrics.Interval;
import org.espalier.nn.metrics.Trials;

/**
 * A cell of the {@linkplain ComparisonTable table} held against the dense networks of the same seeds, image by image.
 *
 * @param name the criterion
 * @param how what is ranked
 * @param sparsity the column
 * @param comparison what the seeds and the test images say
 */
record AgainstDense(String name, String how, double sparsity, Comparison comparison) {
    /** The loss of accuracy that would not matter. */
    static final double MARGIN = 0.002;

    private static final double ONE_IN_TWENTY = 0.05;

    /** All cells that have a dense network for each seed, in the order of the outcomes. */
    static List<AgainstDense> of(List<ComparisonTable.Outcome> outcomes) {
        var cells = new ArrayList<AgainstDense>();
        var done = new ArrayList<ComparisonTable.Outcome>();
        for (var first : outcomes) {
            if (first.isDense() || done.contains(first)) {
                continue;
            }
            var cell = outcomes.stream().filter(first::isSameCell).toList();
            done.addAll(cell);
            var trials = cell.stream().map(pruned -> trial(pruned, outcomes)).toList();
            cells.add(new AgainstDense(
                    first.name(), first.how(), first.sparsity(), new Trials(trials).compare(MARGIN)));
        }
        return List.copyOf(cells);
    }

    private static Trials.Trial trial(ComparisonTable.Outcome pruned, List<ComparisonTable.Outcome> outcomes) {
        var dense = outcomes.stream()
                .filter(outcome -> outcome.isDense()
                        && outcome.normed() == pruned.normed()
                        && outcome.seed() == pruned.seed())
                .findFirst()
                .orElseThrow();
        return new Trials.Trial(pruned.seed(), dense.answers(), pruned.answers());
    }

    /** The two tables: intervals, and what follows against dense. */
    static String markdown(List<AgainstDense> cells, List<Double> sparsities) {
        return """

                ## Intervals

                The mean share of wrong test images after retraining, in %, and its t interval of 95 % over the seeds.

                """
                + table(cells, sparsities, AgainstDense::interval)
                + String.format(
                        Locale.ROOT,
                        """

                        ## Against dense

                        Accuracy lost against the dense network of the same seed, in points: the mean, in brackets its
                        t interval of 95 %% over the seeds, paired; p of a bootstrap over the test images for no loss
                        on average (two-sided, 0.001 is the least it can say); for how many of the seeds an exact
                        McNemar test has p < 0.05; and the verdict for a margin of %.1f points: *not inferior* if
                        both the interval over the seeds and that of the bootstrap end below it, *inferior* if both
                        begin above it, else open. Nothing is corrected for the number of comparisons.

                        """,
                        100 * MARGIN)
                + table(cells, sparsities, AgainstDense::verdict);
    }

    private static String table(
            List<AgainstDense> cells, List<Double> sparsities, Function<AgainstDense, String> text) {
        var table = new StringBuilder(ComparisonTable.head(sparsities));
        var rows = cells.stream().map(cell -> List.of(cell.name, cell.how)).distinct().toList();
        for (var row : rows) {
            table.append("| ").append(String.join(" | ", row)).append(" |");
            for (double sparsity : sparsities) {
                cells.stream()
                        .filter(cell -> List.of(cell.name, cell.how).equals(row) && cell.sparsity == sparsity)
                        .findFirst()
                        .ifPresentOrElse(
                                cell -> table.append(' ').append(text.apply(cell)).append(" |"),
                                () -> table.append("  |"));
            }
            table.append('\n');
        }
        return table.toString();
    }

    private String interval() {
        var accuracy = comparison.pruned();
        return percent("%.2f [%.2f, %.2f]", 1 - accuracy.mean(), 1 - accuracy.high(), 1 - accuracy.low());
    }

    private String verdict() {
        Interval drop = comparison.drop();
        long apart = comparison.mcNemar().stream()
                .filter(test -> test.pValue() < ONE_IN_TWENTY)
                .count();
        return percent("%+.2f [%+.2f, %+.2f]", drop.mean(), drop.low(), drop.high())
                + String.format(
                        Locale.ROOT,
                        ", p = %.3f, %d of %d, %s",
                        comparison.bootstrapP(),
                        apart,
                        comparison.seeds().size(),
                        switch (comparison.verdict()) {
                            case NOT_INFERIOR -> "*not inferior*";
                            case INFERIOR -> "*inferior*";
                            case OPEN -> "open";
                        });
    }

    private static String percent(String format, double mean, double low, double high) {
        return String.format(Locale.ROOT, format, 100 * mean, 100 * low, 100 * high);
    }

    Json json() {
        return Json.object()
                .with("criterion", name)
                .with("how", how)
                .with("sparsity", sparsity)
                .with("againstDense", comparison.toJson());
    }
}

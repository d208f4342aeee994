package org.espalier.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.espalier.io.Json;
import org.espalier.nn.metrics.Answers;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The results of a {@link CriteriaComparison} as a Markdown table, as JSON and as a plot.
 *
 * @param seeds how many networks
 * @param epochs retraining after the cut
 * @param sparsities the columns
 * @param outcomes one for each criterion, sparsity and seed
 */
record ComparisonTable(int seeds, int epochs, List<Double> sparsities, List<Outcome> outcomes) {
    /** The name of the network that was not pruned. */
    static final String DENSE = "(dense)";

    /** The name of the one with batch norms. */
    static final String DENSE_NORMED = "(dense, with batch norms)";

    /**
     * What became of one network.
     *
     * @param normed whether it has batch norms
     * @param keptWeights weights left
     * @param cut fraction of the test images it got wrong after the cut
     * @param answers which test images it got right after retraining
     */
    record Outcome(
            String name,
            String how,
            boolean normed,
            double sparsity,
            long seed,
            long keptWeights,
            double cut,
            Answers answers) {
        /** The network before any cut. */
        static Outcome dense(boolean normed, long seed, Answers answers) {
            return new Outcome(
                    normed ? DENSE_NORMED : DENSE, "", normed, 0, seed, 0, 1 - answers.accuracy(), answers);
        }

        /** Whether it is of the same criterion and sparsity, whatever the seed. */
        boolean isSameCell(Outcome other) {
            return row().equals(other.row()) && sparsity == other.sparsity;
        }

        boolean isDense() {
            return name.equals(DENSE) || name.equals(DENSE_NORMED);
        }

        /** The fraction of the test images it got wrong after retraining. */
        double retrained() {
            return 1 - answers.accuracy();
        }

        private String row() {
            return how.isEmpty() ? name : name + " (" + how + ")";
        }

        private Json.Obj json() {
            return Json.object()
                    .with("criterion", name)
                    .with("how", how)
                    .with("sparsity", sparsity)
                    .with("seed", seed)
                    .with("keptWeights", keptWeights)
                    .with("errorAfterCut", cut)
                    .with("errorAfterRetraining", retrained());
        }

        /** For the log. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%s, %.2f, seed %d: %.4f, retrained %.4f", row(), sparsity, seed, cut, retrained());
        }
    }

    /** Writes {@code criteria.md}, {@code criteria.json} and {@code criteria.png}. */
    void write(Path folder) throws IOException {
        var cells = AgainstDense.of(outcomes);
        Files.writeString(folder.resolve("criteria.md"), markdown(cells));
        Files.writeString(folder.resolve("criteria.json"), json(cells).pretty());
        BitmapEncoder.saveBitmap(chart(), folder.resolve("criteria").toString(), BitmapFormat.PNG);
    }

    /** The table, the best criterion of each column in bold, and below it the cells against dense. */
    String markdown(List<AgainstDense> cells) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                # Criteria compared

                LeNet-300-100 (266,200 weights) on MNIST: trained, pruned in one go, retrained for %d epochs. Share of
                the 10,000 test images that are wrong, in %%: mean ± standard deviation over %d seeds after retraining,
                and in parentheses the mean before it. Nothing was tuned for any row, and no choice was made on the
                test images. Criteria of neurons remove neurons until as few weights are left; **bold** is the best of
                a column.

                """,
                epochs,
                seeds));
        text.append(head(sparsities));
        for (var row : rows()) {
            var of = outcomes.stream().filter(outcome -> outcome.row().equals(row)).toList();
            text.append("| ").append(of.getFirst().name).append(" | ").append(of.getFirst().how).append(" |");
            for (double sparsity : sparsities) {
                text.append(' ').append(cell(row, sparsity)).append(" |");
            }
            text.append('\n');
        }
        return text.append("\n![Test error against sparsity](criteria.png)\n")
                .append(AgainstDense.markdown(cells, sparsities))
                .toString();
    }

    /** The first two lines of a table with these columns. */
    static String head(List<Double> sparsities) {
        var text = new StringBuilder("| criterion | what is ranked |");
        sparsities.forEach(sparsity -> text.append(String.format(Locale.ROOT, " %.0f %% |", 100 * sparsity)));
        return text.append("\n|---|---|").append("---|".repeat(sparsities.size())).append('\n').toString();
    }

    private String cell(String row, double sparsity) {
        var retrained = retrained(row, sparsity);
        if (retrained.length == 0) {
            return retrained(row, 0).length == 0 ? "" : Spread.of(retrained(row, 0)).percent();
        }
        var mean = Spread.of(retrained);
        double best = rows().stream()
                .filter(other -> retrained(other, sparsity).length > 0)
                .mapToDouble(other -> Spread.of(retrained(other, sparsity)).mean())
                .min()
                .orElseThrow();
        var cut = Spread.of(at(row, sparsity).stream().mapToDouble(Outcome::cut).toArray());
        var text = mean.mean() == best ? "**" + mean.percent() + "**" : mean.percent();
        return text + String.format(Locale.ROOT, " (%.1f)", 100 * cut.mean());
    }

    private Json.Obj json(List<AgainstDense> cells) {
        return Json.object()
                .with("seeds", seeds)
                .with("epochs", epochs)
                .with("outcomes", Json.array(outcomes.stream().map(outcome -> (Json) outcome.json()).toList()))
                .with("comparisons", Json.array(cells.stream().map(AgainstDense::json).toList()));
    }

    private XYChart chart() {
        var chart = new XYChartBuilder()
                .width(1100)
                .height(800)
                .title("LeNet-300-100 on MNIST, pruned in one go, " + epochs + " epochs of retraining")
                .xAxisTitle("weights removed, %")
                .yAxisTitle("test error, % (logarithmic)")
                .build();
        chart.getStyler().setYAxisLogarithmic(true);
        for (var row : rows()) {
            var x = sparsities.stream().filter(sparsity -> retrained(row, sparsity).length > 0).toList();
            if (!x.isEmpty()) {
                chart.addSeries(
                        row,
                        x.stream().mapToDouble(sparsity -> 100 * sparsity).toArray(),
                        x.stream()
                                .mapToDouble(sparsity -> 100 * Spread.of(retrained(row, sparsity)).mean())
                                .toArray())
                        .setMarker(SeriesMarkers.CIRCLE);
            }
        }
        return chart;
    }

    private List<String> rows() {
        var names = new LinkedHashSet<String>();
        outcomes.forEach(outcome -> names.add(outcome.row()));
        return new ArrayList<>(names);
    }

    private List<Outcome> at(String row, double sparsity) {
        return outcomes.stream()
                .filter(outcome -> outcome.row().equals(row) && outcome.sparsity == sparsity)
                .toList();
    }

    private double[] retrained(String row, double sparsity) {
        return at(row, sparsity).stream().mapToDouble(Outcome::retrained).toArray();
    }
}

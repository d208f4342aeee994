package org.espalier.examples;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.espalier.nn.metrics.Interval;

/**
 * Patterns beside single weights on one problem, as a Markdown section.
 *
 * @param problem its name
 * @param about the network and its training
 * @param metric how good a model is; scores are printed in %
 * @param dense the networks before, one of each seed
 * @param rows a pattern at a sparsity each
 */
record PatternTable(String problem, String about, String metric, List<PresetTrial.Result> dense, List<Row> rows) {
    private static final double CONFIDENCE = 0.95;

    /**
     * A pattern, and single weights of the same dense network pruned to just as many.
     *
     * @param name of the pattern, with what it keeps
     * @param structured the pattern, by seed
     * @param single the weights, by seed
     */
    record Row(String name, List<PresetTrial.Result> structured, List<PresetTrial.Result> single) {
        /** What the pattern costs, in points, paired by seed. */
        Interval difference() {
            var differences = new double[structured.size()];
            for (int i = 0; i < differences.length; i++) {
                differences[i] = 100 * (structured.get(i).score() - single.get(i).score());
            }
            return Interval.ofMean(CONFIDENCE, differences);
        }
    }

    String markdown() {
        var text = new StringBuilder();
        line(text, "## %s: %s", problem, metric);
        line(text, "");
        line(text, "%s Dense: %s %%, %,.0f weights, %,.0f bytes, %,.0f FLOPs.", about, spread(dense),
                mean(dense, PresetTrial.Result::weights), mean(dense, PresetTrial.Result::bytes),
                mean(dense, PresetTrial.Result::flops));
        line(text, "");
        line(text, "| pattern | weights | unstructured, %% | pattern, %% | pattern − unstructured, points, 95 %% "
                + "| bytes: unstructured, pattern | FLOPs: unstructured, pattern |");
        line(text, "|---|---:|---:|---:|---:|---:|---:|");
        for (var row : rows) {
            line(text, "| %s | %,.0f | %s | %s | %s | %s | %s |", row.name,
                    mean(row.structured, PresetTrial.Result::weights), spread(row.single), spread(row.structured),
                    signed(row.difference()), both(row, PresetTrial.Result::bytes),
                    both(row, PresetTrial.Result::flops));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String both(Row row, ToDoubleFunction<PresetTrial.Result> part) {
        return String.format(Locale.ROOT, "%,.0f, %,.0f", mean(row.single, part), mean(row.structured, part));
    }

    private static String signed(Interval points) {
        return String.format(Locale.ROOT, "%+.2f [%+.2f, %+.2f]", points.mean(), points.low(), points.high())
                .replace('-', '−');
    }

    /** Mean and standard deviation of the scores, in %. */
    private static String spread(List<PresetTrial.Result> results) {
        return Spread.of(results.stream().mapToDouble(PresetTrial.Result::score).toArray()).percent();
    }

    private static double mean(List<PresetTrial.Result> results, ToDoubleFunction<PresetTrial.Result> part) {
        return results.stream().mapToDouble(part).average().orElse(Double.NaN);
    }
}

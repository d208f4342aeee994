package org.espalier.examples.report.page;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;

/** The columns of a table that are still read, and how much they matter. */
final class ColumnsFigure {
    private static final int MOST = 40;

    private ColumnsFigure() {}

    static Optional<Figure> of(RunRecord run) {
        return run.inputs().filter(inputs -> run.data().image().isEmpty() && !inputs.all().isEmpty())
                .map(ColumnsFigure::figure);
    }

    private static Figure figure(RunRecord.Inputs inputs) {
        var sorted = inputs.all().stream()
                .sorted(Comparator.comparingDouble((RunRecord.InputUse input) -> -input.pruned())).toList();
        var unread = sorted.stream().filter(input -> !input.read()).map(RunRecord.InputUse::name).toList();
        var sentence = "“" + sorted.getFirst().name() + "” matters most to the pruned network. "
                + (unread.isEmpty()
                        ? "It still reads all " + sorted.size() + " inputs."
                        : "It no longer reads " + unread.size() + " of " + sorted.size() + " inputs"
                                + (unread.size() <= 8 ? ": " + String.join(", ", unread) : "") + ".")
                + " A bar is " + inputs.measure() + ".";
        var shown = sorted.subList(0, Math.min(MOST, sorted.size()));
        var option = Option.cartesian(
                Option.values("importance", "@number"),
                Option.of("type", "category", "inverse", true,
                        "data", Option.array(shown.stream().map(RunRecord.InputUse::name).toList()),
                        "axisLabel", Option.of("interval", 0, "width", 120, "overflow", "truncate")),
                List.of(
                        Option.series("bar", "dense", "$dense", "@number",
                                shown.stream().map(RunRecord.InputUse::dense).toList()).with("barMaxWidth", 12),
                        Option.series("bar", "pruned", "$pruned", "@number",
                                shown.stream().map(RunRecord.InputUse::pruned).toList()).with("barMaxWidth", 12)))
                .with("tooltip", Option.of("trigger", "axis"));
        return Figure.chart("columns", "Inputs that matter", sentence, 90 + 34 * shown.size(), option,
                new Figure.Table(List.of("input", "dense", "pruned", "read"), sorted.stream()
                        .map(input -> List.of(input.name(), Words.number(input.dense()),
                                Words.number(input.pruned()), input.read() ? "yes" : "no"))
                        .toList()));
    }
}

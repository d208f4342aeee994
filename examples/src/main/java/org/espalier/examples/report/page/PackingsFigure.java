package org.espalier.examples.report.page;

import java.util.List;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;

/** The size of a file against what the model in it is worth. */
final class PackingsFigure {
    private PackingsFigure() {}

    static Optional<Figure> of(RunRecord run) {
        if (run.packings().isEmpty()) {
            return Optional.empty();
        }
        boolean tested = !Double.isNaN(run.packings().getFirst().test());
        var dense = run.packings().getFirst();
        var smallest = run.packings().stream()
                .filter(line -> loss(run, dense, line) <= 0.002)
                .min((a, b) -> Long.compare(a.bytes(), b.bytes())).orElse(dense);
        var sentence = String.format("The dense file takes %s; “%s” takes %s, %s less, and has %s %s on the %s "
                + "rows (dense: %s).", Words.bytes(dense.bytes()), smallest.packing(),
                Words.bytes(smallest.bytes()), Words.times((double) dense.bytes() / smallest.bytes()),
                run.score().name(), Words.score(run.score(), value(smallest)), tested ? "test" : "validation",
                Words.score(run.score(), value(dense)));
        var format = Charts.scoreFormat(run.score());
        var data = run.packings().stream().map(line -> Option.of("name", line.packing(), "value",
                Option.array(line.bytes(), value(line)))).toList();
        var option = Option.cartesian(
                Option.logarithmic("bytes of the file (logarithmic)", "@bytes"),
                Option.upright(Option.values(run.score().name(), format)).with("scale", true),
                List.of(Option.series("scatter", "pruned model, by packing", "$pruned", format, data)
                        .with("symbolSize", 12)
                        .with("label", Option.of("show", true, "formatter", "{b}", "position", "top", "color", "$ink"))
                        .with("labelLayout", Option.of("hideOverlap", true, "moveOverlap", "shiftY"))
                        .with("markLine", Charts.level("dense", value(dense)))))
                .with("tooltip", Option.of("trigger", "item", "formatter", "@point"));
        var rows = run.packings().stream().map(line -> List.of(line.packing(), Words.count(line.bytes()),
                Words.times((double) dense.bytes() / line.bytes()), Words.score(run.score(), line.validation()),
                Words.score(run.score(), line.test()))).toList();
        return Optional.of(Figure.chart("packings", "Bytes against " + run.score().name(), sentence, 380, option,
                new Figure.Table(List.of("packing", "bytes", "smaller", "validation", "test"), rows)));
    }

    /** The score on the test rows, if there are some. */
    private static double value(RunRecord.PackingLine line) {
        return Double.isNaN(line.test()) ? line.validation() : line.test();
    }

    private static double loss(RunRecord run, RunRecord.PackingLine dense, RunRecord.PackingLine line) {
        return run.score().higherIsBetter() ? value(dense) - value(line) : value(line) - value(dense);
    }
}

package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;

/** The accuracy within each class, dense beside pruned. */
final class ClassesFigure {
    /** Classes beyond which only those that changed most are drawn. */
    private static final int MOST = 30;

    private ClassesFigure() {}

    private record Line(String name, long samples, double dense, double pruned) {
        double lost() {
            return dense - pruned;
        }
    }

    static Optional<Figure> of(RunRecord run) {
        return run.confusion().map(matrix -> figure(matrix, run.data().classes()));
    }

    private static Figure figure(RunRecord.Confusion matrix, List<String> classes) {
        var lines = new ArrayList<Line>();
        for (int i = 0; i < classes.size(); i++) {
            long samples = matrix.dense().get(i).stream().mapToLong(count -> count).sum();
            if (samples > 0) {
                lines.add(new Line(classes.get(i), samples, (double) matrix.dense().get(i).get(i) / samples,
                        (double) matrix.pruned().get(i).get(i) / samples));
            }
        }
        var sorted = lines.stream().sorted((a, b) -> Double.compare(b.lost(), a.lost())).toList();
        var worst = sorted.getFirst();
        var sentence = worst.lost() > 0
                ? String.format("“%s” loses most: %s of its %s %s rows are right after pruning, %s before.",
                        worst.name, Words.percent(worst.pruned), Words.count(worst.samples), matrix.samples(),
                        Words.percent(worst.dense))
                : "No class is recognized less often after pruning.";
        var shown = lines.size() <= MOST ? lines : sorted.subList(0, MOST);
        var option = Option.cartesian(
                Option.names("class", shown.stream().map(Line::name).toList()),
                Option.upright(Option.values("right", "@percent")).with("scale", true).with("max", 1),
                List.of(
                        Option.series("scatter", "dense", "$dense", "@score",
                                shown.stream().map(Line::dense).toList()).with("symbol", "rect")
                                .with("symbolSize", Option.array(18, 5)),
                        Option.series("scatter", "pruned", "$pruned", "@score",
                                shown.stream().map(Line::pruned).toList()).with("symbolSize", 11)))
                .with("tooltip", Option.of("trigger", "axis"));
        return Figure.chart("classes", "Accuracy by class", sentence, 320, option, new Figure.Table(
                List.of("class", "rows", "dense", "pruned"), lines.stream().map(line -> List.of(line.name,
                        Words.count(line.samples), Words.percent(line.dense), Words.percent(line.pruned))).toList()));
    }
}

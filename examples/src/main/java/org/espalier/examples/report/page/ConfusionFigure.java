package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;

/** Which classes the pruned model takes for which. */
final class ConfusionFigure {
    /** Classes beyond which numbers do not fit into the cells. */
    private static final int MOST = 20;

    private ConfusionFigure() {}

    static Optional<Figure> of(RunRecord run) {
        return run.confusion().filter(matrix -> matrix.pruned().size() <= MOST)
                .map(matrix -> figure(matrix, run.data().classes()));
    }

    private static Figure figure(RunRecord.Confusion matrix, List<String> classes) {
        var data = new ArrayList<Json>();
        long worst = 0;
        var sentence = "No sample was taken for another class.";
        for (int actual = 0; actual < classes.size(); actual++) {
            for (int predicted = 0; predicted < classes.size(); predicted++) {
                long count = matrix.pruned().get(actual).get(predicted);
                // The square root lets rare mistakes be seen beside many right answers.
                data.add(Option.array(predicted, actual, count, Math.sqrt(count) * (actual == predicted ? 1 : 2)));
                if (actual != predicted && count > worst) {
                    worst = count;
                    sentence = String.format("Most often the pruned model takes “%s” for “%s”: %s times on the %s "
                            + "rows; the dense model %s times.", classes.get(actual), classes.get(predicted),
                            Words.count(count), matrix.samples(),
                            Words.count(matrix.dense().get(actual).get(predicted)));
                }
            }
        }
        double most = data.stream().mapToDouble(cell -> ((Json.Num) ((Json.Arr) cell).items().get(3)).asDouble())
                .max().orElse(1);
        var option = Option.of(
                "grid", Option.of("left", 8, "right", 16, "top", 24, "bottom", 32, "containLabel", true),
                "tooltip", Option.of("trigger", "item", "formatter", "@confusion"),
                "xAxis", Option.names("predicted", classes),
                "yAxis", Option.upright(Option.names("actual", classes)).with("inverse", true)
                        .with("nameLocation", "start"),
                "visualMap", Option.of("show", false, "min", 0, "max", most, "dimension", 3,
                        "inRange", Option.of("color", Option.array("$paper", "$soft", "$mid"))),
                "series", Option.array(Option.of("type", "heatmap", "name", "samples", "data", Option.array(data),
                        "label", Option.of("show", true, "formatter", "@confusionCell", "color", "$ink"),
                        "itemStyle", Option.of("borderColor", "$line", "borderWidth", 1))));
        return Figure.chart("confusion", "Confusion matrix of the pruned model", sentence,
                Math.max(220, 60 + 38 * classes.size()), option, table(matrix, classes));
    }

    private static Figure.Table table(RunRecord.Confusion matrix, List<String> classes) {
        var rows = new ArrayList<List<String>>();
        for (int actual = 0; actual < classes.size(); actual++) {
            var row = new ArrayList<String>();
            row.add(classes.get(actual));
            for (int predicted = 0; predicted < classes.size(); predicted++) {
                row.add(matrix.pruned().get(actual).get(predicted) + " ("
                        + matrix.dense().get(actual).get(predicted) + ")");
            }
            rows.add(row);
        }
        return new Figure.Table(Stream.concat(Stream.of("actual; pruned (dense)"),
                classes.stream().map(name -> "as " + name)).toList(), rows);
    }
}

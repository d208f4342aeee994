package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;
import org.espalier.prune.deploy.ModelLatency;

/** The whole model, dense beside pruned. */
final class LatencyFigure {
    private LatencyFigure() {}

    static Optional<Figure> of(RunRecord run) {
        return run.speed().filter(speed -> !speed.dense().isEmpty() && speed.dense().size() == speed.pruned().size())
                .map(LatencyFigure::figure);
    }

    private static Figure figure(RunRecord.Speed speed) {
        var dense = speed.dense().getFirst();
        var pruned = speed.pruned().getFirst();
        var names = new ArrayList<String>();
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < speed.dense().size(); i++) {
            names.add(batch(speed.dense().get(i).batch()));
            rows.add(row("dense", speed.dense().get(i)));
            rows.add(row("pruned", speed.pruned().get(i)));
        }
        var sentence = String.format("A call with %s takes %s instead of %s on one thread of this machine, %s as fast.",
                batch(pruned.batch()), Words.micros(pruned.median()), Words.micros(dense.median()),
                Words.times(dense.median() / pruned.median()));
        var option = Option.cartesian(
                Option.names("", names),
                Option.upright(Option.logarithmic("time for a call (logarithmic)", "@micros")),
                List.of(
                        Charts.dots("dense, median", "$dense", "rect", "@micros",
                                speed.dense().stream().map(ModelLatency::median).toList()),
                        Charts.dots("pruned, median", "$pruned", "circle", "@micros",
                                speed.pruned().stream().map(ModelLatency::median).toList())))
                .with("tooltip", Option.of("trigger", "axis"));
        return Figure.chart("latency", "Time for a call", sentence, 300, option, new Figure.Table(
                List.of("model", "rows in a call", "median", "99 of 100 within"), rows));
    }

    static String batch(int rows) {
        return rows + (rows == 1 ? " row" : " rows");
    }

    private static List<String> row(String model, ModelLatency latency) {
        return List.of(model, Integer.toString(latency.batch()), Words.micros(latency.median()),
                Words.micros(latency.tail()));
    }
}

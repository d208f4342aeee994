package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;
import org.espalier.nn.metrics.Interval;
import org.espalier.prune.pipeline.LayerReport;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.prune.pipeline.StageReport;

/** The score against the weights kept, stage by stage; with intervals where there are several seeds. */
final class AccuracyFigure {
    private static final double CONFIDENCE = 0.95;

    private AccuracyFigure() {}

    /** The scores of all seeds at the end of a stage. */
    private record Point(String stage, double kept, double pruned, double[] after) {
        double mean() {
            return DoubleStream.of(after).average().orElse(Double.NaN);
        }

        Optional<Interval> interval() {
            return after.length < 2 ? Optional.empty() : Optional.of(Interval.ofMean(CONFIDENCE, after));
        }
    }

    static Optional<Figure> of(RunRecord run) {
        if (run.pruning().before().isEmpty() || run.pruning().stages().isEmpty()) {
            return Optional.empty();
        }
        var measure = run.pruning().before().keySet().iterator().next();
        var points = points(run, measure);
        var last = points.getLast();
        double dense = points.getFirst().mean();
        var sentence = String.format("With %s of its weights the network has %s %s on the validation rows; the dense "
                + "one has %s, so it is %s.%s", Words.percent(last.kept), Words.score(run.score(), last.mean()),
                measure, Words.score(run.score(), dense), Words.change(run.score(), dense, last.mean()),
                last.interval().map(i -> " Bars are intervals of 95 % of the mean over " + last.after.length
                        + " seeds.").orElse(""));
        return Optional.of(Figure.chart("accuracy", capital(measure) + " against weights kept", sentence, 360,
                option(run, measure, points), table(run, points)));
    }

    private static List<Point> points(RunRecord run, String measure) {
        var seeds = Stream.concat(Stream.of(run.pruning()), run.otherSeeds().stream()).toList();
        var points = new ArrayList<Point>();
        points.add(new Point("dense", LayerReport.total(run.pruning().layersBefore()).density(), Double.NaN,
                scores(seeds, report -> report.before().get(measure))));
        for (int i = 0; i < run.pruning().stages().size(); i++) {
            int index = i;
            StageReport stage = run.pruning().stages().get(i);
            points.add(new Point(stage.name(), stage.total().density(), stage.pruned().get(measure),
                    scores(seeds, report -> report.stages().get(index).after().get(measure))));
        }
        return points;
    }

    private interface Score {
        Double of(PruningReport report);
    }

    private static double[] scores(List<PruningReport> seeds, Score score) {
        int stages = seeds.getFirst().stages().size();
        return seeds.stream().filter(report -> report.stages().size() == stages).mapToDouble(score::of).toArray();
    }

    private static Json.Obj option(RunRecord run, String measure, List<Point> points) {
        var format = Charts.scoreFormat(run.score());
        var after = points.stream().map(point -> Option.of("name", point.stage,
                "value", Option.array(point.kept, point.mean()))).toList();
        var pruned = points.stream().skip(1).map(point -> Option.of("name", point.stage,
                "value", Option.array(point.kept, point.pruned))).toList();
        var series = new ArrayList<Json.Obj>();
        series.add(Option.series("line", "after retraining", "$pruned", format, after)
                .with("symbolSize", 9)
                .with("markLine", Charts.level("dense", points.getFirst().mean())));
        series.add(Option.series("scatter", "just pruned", "$third", format, pruned)
                .with("symbol", "diamond").with("symbolSize", 11));
        if (points.getFirst().interval().isPresent()) {
            var bars = points.stream().map(point -> Option.array(point.kept, point.interval().orElseThrow().low(),
                    point.interval().orElseThrow().high())).toList();
            series.add(Charts.errorBars("interval of 95 %", bars));
        }
        return Option.cartesian(
                Option.logarithmic("weights kept (logarithmic)", "@percent").with("inverse", true),
                Option.upright(Option.values(measure, format)).with("scale", true),
                series).with("tooltip", Option.of("trigger", "item", "formatter", "@point"));
    }

    private static Figure.Table table(RunRecord run, List<Point> points) {
        var rows = points.stream().map(point -> List.of(point.stage, Words.percent(point.kept),
                Words.score(run.score(), point.pruned), Words.score(run.score(), point.mean()),
                point.interval().map(i -> Words.score(run.score(), i.low()) + " to "
                        + Words.score(run.score(), i.high())).orElse(Words.NONE)))
                .toList();
        return new Figure.Table(List.of("stage", "weights kept", "just pruned", "after retraining",
                "interval of 95 %"), rows);
    }

    static String capital(String word) {
        return word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1);
    }
}

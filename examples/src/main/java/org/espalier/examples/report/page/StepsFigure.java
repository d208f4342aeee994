package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.examples.report.RunRecord;
import org.espalier.prune.graph.CollapseRisk;
import org.espalier.prune.pipeline.StageReport;
import org.espalier.prune.pipeline.StepReport;

/** What each step of each stage costs, and what its retraining wins back. */
final class StepsFigure {
    private StepsFigure() {}

    static Optional<Figure> of(RunRecord run) {
        var report = run.pruning();
        if (report.before().isEmpty() || report.stages().isEmpty()) {
            return Optional.empty();
        }
        var measure = report.before().keySet().iterator().next();
        var names = new ArrayList<String>();
        var pruned = new ArrayList<Double>();
        var after = new ArrayList<Double>();
        var rows = new ArrayList<List<String>>();
        names.add("dense");
        pruned.add(Double.NaN);
        after.add(report.before().get(measure));
        rows.add(List.of("dense", "", "", Words.NONE, Words.score(run.score(), after.getFirst()), ""));
        double deepest = 0;
        var where = "";
        for (var stage : report.stages()) {
            for (var step : stage.steps()) {
                double drop = (after.getLast() - step.pruned().get(measure)) * (run.score().higherIsBetter() ? 1 : -1);
                var name = stage.name() + (stage.steps().size() > 1
                        ? " (" + step.step() + " of " + stage.steps().size() + ")"
                        : "");
                if (drop > deepest) {
                    deepest = drop;
                    where = name;
                }
                names.add(name);
                pruned.add(step.pruned().get(measure));
                after.add(step.retrained().get(measure));
                rows.add(row(run, stage, step, measure));
            }
        }
        var sentence = where.isEmpty()
                ? "No step made the " + measure + " worse before it was retrained."
                : String.format("The hardest step is “%s”: it takes the %s to %s, and retraining brings it back to "
                        + "%s.", where, measure, Words.score(run.score(), pruned.get(names.indexOf(where))),
                        Words.score(run.score(), after.get(names.indexOf(where))));
        var format = Charts.scoreFormat(run.score());
        var option = Option.cartesian(
                Option.names("", names),
                Option.upright(Option.values(measure, format)).with("scale", true),
                List.of(
                        Option.series("scatter", "just pruned", "$third", format, pruned).with("symbol", "diamond")
                                .with("symbolSize", 12),
                        Option.series("line", "after retraining", "$pruned", format, after).with("symbolSize", 9)
                                .with("markLine", Charts.level("dense", after.getFirst()))))
                .with("tooltip", Option.of("trigger", "axis"));
        return Optional.of(Figure.chart("steps", "Before, pruned, after: every step", sentence + risks(report.stages()),
                360, option, new Figure.Table(List.of("stage", "step", "units removed", "just pruned",
                        "after retraining", "remarks"), rows)));
    }

    private static List<String> row(RunRecord run, StageReport stage, StepReport step, String measure) {
        boolean last = step.step() == stage.steps().size();
        var remarks = new ArrayList<String>();
        if (last) {
            stage.heldByFloors().ifPresent(remarks::add);
            stage.risks().stream().map(CollapseRisk::text).forEach(remarks::add);
            if (stage.rolledBack()) {
                remarks.add("went back to " + (stage.keptStep() == 0
                        ? "the model before the stage"
                        : "step " + stage.keptStep()));
            }
        }
        return List.of(stage.name(), step.step() + " of " + stage.steps().size(),
                Words.count(step.removed()) + " of " + Words.count(step.units()),
                Words.score(run.score(), step.pruned().get(measure)),
                Words.score(run.score(), step.retrained().get(measure)), String.join("; ", remarks));
    }

    private static String risks(List<StageReport> stages) {
        long risks = stages.stream().mapToLong(stage -> stage.risks().size()).sum();
        var held = stages.stream().map(StageReport::heldByFloors).flatMap(Optional::stream)
                .map(text -> " " + Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".")
                .collect(Collectors.joining());
        return held + (risks == 0 ? "" : " Signs of a collapse are in the table.");
    }
}

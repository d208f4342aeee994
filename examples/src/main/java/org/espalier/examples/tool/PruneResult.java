package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.graph.CollapseRisk;
import org.espalier.prune.pipeline.LayerReport;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.prune.pipeline.StageReport;

/**
 * Says what pruning is going to do and what it did, and writes the model and the record of the run.
 *
 * @param output where it is printed
 * @param files where it is written
 * @param parts the rows
 * @param dense the model before
 * @param about what the file says of columns and classes
 */
record PruneResult(Output output, FileOptions files, Data.Split parts, Layer dense, Map<String, String> about) {
    /** Says what the stages would leave, and what may go wrong. */
    void plan(PruningReport plan) {
        for (var stage : plan.stages()) {
            output.say("plan      %s: %s", stage.name(), stage.method());
            output.say("          %s", kept(stage.total()));
            held(stage);
        }
        warn(plan);
    }

    /** Says what may go wrong. */
    void warn(PruningReport plan) {
        risks(plan).forEach(risk -> output.warn("risk in the plan: %s", risk));
    }

    private void held(StageReport stage) {
        stage.heldByFloors().ifPresent(text -> output.say("          %s", text));
    }

    private static String kept(LayerReport total) {
        return String.format(Locale.ROOT, "%d of %d weights kept (%.2f %%)", total.kept(), total.weights(),
                100 * total.density());
    }

    private static List<String> risks(PruningReport report) {
        var risks = new ArrayList<String>();
        for (var stage : report.stages()) {
            stage.risks().stream().map(CollapseRisk::text).forEach(text -> risks.add(stage.name() + ": " + text));
        }
        return risks;
    }

    /** The plan as JSON. */
    Json.Obj planJson(PruningReport plan) {
        return Json.object()
                .with("stages", Json.array(plan.stages().stream().map(PruneResult::planned).toList()))
                .with("risks", Json.array(risks(plan).toArray(String[]::new)));
    }

    private static Json planned(StageReport stage) {
        return Json.object().with("name", stage.name()).with("method", stage.method())
                .with("weights", stage.total().weights()).with("kept", stage.total().kept());
    }

    /** Writes the files, says how it went, and gives the same for programs. */
    Json.Obj write(PruneJob.Result result, Optional<TrainingResult> training, boolean timed) throws IOException {
        var report = result.report();
        var file = files.file(result.model(), about, result.recipe(), report);
        file.write(files.path());
        var validation = parts.validation();
        var before = ModelScores.of(dense, validation);
        var after = ModelScores.of(ModelFile.read(files.path()).model(), validation);
        for (var stage : report.stages()) {
            output.say("prune     %s: %s%s%s", stage.name(), kept(stage.total()), course(before, stage),
                    stage.rolledBack() ? "; rolled back: more than the tolerance" : "");
            held(stage);
        }
        var risks = said(report);
        risks.forEach(risk -> output.warn("%s", risk));
        long denseBytes = files.file(dense, about).toBytes().length;
        record(result, training, timed).write(files.record());
        output.say("result    %s; dense %s", after, before);
        output.say("wrote     %s, %,d bytes (dense: %,d), and %s", files.path(), Files.size(files.path()), denseBytes,
                files.record());
        output.say("          a page about it: espalier report %s", files.record());
        return Json.object()
                .with("model", files.path().toString())
                .with("record", files.record().toString())
                .with("bytes", Files.size(files.path()))
                .with("dense_bytes", denseBytes)
                .with("weights", report.total().weights())
                .with("kept", report.total().kept())
                .with("measure", before.metric().name())
                .with("dense", before.toJson())
                .with("pruned", after.toJson())
                .with("stages", Json.array(report.stages().stream().map(PruneResult::done).toList()))
                .with("risks", Json.array(risks.toArray(String[]::new)));
    }

    private static String course(ModelScores before, StageReport stage) {
        var metric = before.metric();
        var name = metric.name();
        return stage.before().containsKey(name)
                ? "; " + name + " " + metric.format(stage.before().get(name)) + " → "
                        + metric.format(stage.pruned().get(name)) + " → " + metric.format(stage.after().get(name))
                : "";
    }

    private static Json done(StageReport stage) {
        var json = Json.object().with("name", stage.name()).with("method", stage.method())
                .with("weights", stage.total().weights()).with("kept", stage.total().kept())
                .with("rolled_back", stage.rolledBack());
        for (var measure : stage.before().keySet()) {
            json = json.with("before", ModelScores.number(stage.before().get(measure)))
                    .with("pruned", ModelScores.number(stage.pruned().get(measure)))
                    .with("after", ModelScores.number(stage.after().get(measure)));
        }
        return json;
    }

    /** The risks that have become true, and the stages after which the model does no better than guessing. */
    private List<String> said(PruningReport report) {
        var said = new ArrayList<>(risks(report));
        var metric = parts.validation().metric();
        var guess = ModelScores.ofGuessing(parts.validation());
        for (var stage : report.stages()) {
            double before = stage.before().getOrDefault(metric.name(), Double.NaN);
            double after = stage.after().getOrDefault(metric.name(), Double.NaN);
            if (guess.isPresent() && ModelScores.collapsed(guess.get(), before, after)) {
                said.add("stage '" + stage.name() + "' has ruined the model: " + metric.name() + " fell from "
                        + metric.format(before) + " to " + metric.format(after)
                        + ", and giving every row the same answer has " + metric.format(guess.get())
                        + "; keep more, prune in more steps, or use --scope lamp");
            }
        }
        return said;
    }

    private RunRecord record(PruneJob.Result result, Optional<TrainingResult> training, boolean timed)
            throws IOException {
        var train = parts.train();
        var validation = parts.validation();
        var name = files.path().getFileName().toString();
        var recorder = RunRecord.of(name, dense, result.model(), result.report())
                .metric(validation.metric())
                .recipe(result.recipe())
                .stages(result.stages())
                .packings("gaps f32", "gaps int8", "gaps int4");
        recorder = validation.test().isPresent()
                ? recorder.data(train.name(), train.rows(), validation.rows(), validation.test().get())
                : recorder.data(train.name(), train.rows(), validation.rows());
        if (train.table().isPresent()) {
            recorder = recorder.table(train.table().get().schema());
        } else {
            recorder = recorder.classes(train.classes());
        }
        if (!train.image().isEmpty()) {
            recorder = recorder.image(train.image().get(0), train.image().get(1));
        }
        recorder = training.isPresent() ? recorder.training(training.get()) : recorder;
        return (timed ? recorder.speed() : recorder).build();
    }
}

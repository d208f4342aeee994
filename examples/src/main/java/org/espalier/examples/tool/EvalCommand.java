package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.metrics.ConfusionMatrix;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.table.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** ModelScores a model. */
@Command(
        name = "eval",
        description = "Scores a model on all rows of --data, or of --test if it is given or comes with the data.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier eval wine.safetensors --data wine.csv",
            "  espalier eval wine.safetensors --data wine.csv --check \"accuracy>=0.95\""
        })
final class EvalCommand implements Callable<Integer> {
    private static final int MOST_CLASSES_SHOWN = 20;

    @Parameters(paramLabel = "MODEL", description = "A model of any kind.")
    private Path model;

    @Mixin
    private DataOptions data;

    @Option(names = "--check", paramLabel = "BOUND",
            description = "End with exit code 3 unless this holds: a measure and a bound. May be repeated.")
    private List<String> checks = List.of();

    @Mixin
    private ModelOptions reading;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        List<Check> bounds;
        try {
            bounds = checks.stream().map(Check::parse).toList();
        } catch (IllegalArgumentException e) {
            throw output.usage("%s", e.getMessage());
        }
        var saved = reading.read(model);
        saved.assumptions().forEach(assumed -> output.warn("assumed: %s", assumed));
        var all = data.read(saved.schema()).fitting(saved.model());
        var rows = all.test().isPresent() ? all.with(all.test().get()) : all;
        var metrics = rows.metrics();
        double[] values = Metric.of(saved.model(), rows.rows(), metrics.toArray(Metric[]::new));
        var measured = new LinkedHashMap<String, Double>();
        output.say("%s on %s%s", model, rows, all.test().isPresent() ? " to test with" : "");
        for (int i = 0; i < values.length; i++) {
            measured.put(metrics.get(i).name(), values[i]);
            output.say("%-20s %s", metrics.get(i).name(), metrics.get(i).format(values[i]));
        }
        confusion(saved.model(), rows);
        output.result(() -> json(rows, measured));
        for (var check : bounds) {
            var failure = check.failure(measured);
            if (!failure.isEmpty()) {
                throw new CheckFailedException(failure);
            }
        }
        return Failures.GOOD;
    }

    private static Json.Obj json(Data rows, Map<String, Double> measured) {
        var measures = Json.object();
        for (var entry : measured.entrySet()) {
            measures = measures.with(entry.getKey(), ModelScores.number(entry.getValue()));
        }
        return Json.object().with("rows", rows.size()).with("measures", measures);
    }

    private void confusion(Layer scored, Data rows) {
        var classes = rows.classes();
        if (rows.target() instanceof Target.MultiLabel || classes.isEmpty() || classes.size() > MOST_CLASSES_SHOWN) {
            return;
        }
        var matrix = ConfusionMatrix.of(classes.size(), scored, rows.rows());
        int width = classes.stream().mapToInt(String::length).max().orElse(0);
        output.say("%nrows: the true class; columns: the answer, in the same order");
        for (int truth = 0; truth < classes.size(); truth++) {
            var line =
                    new StringBuilder(String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s", classes.get(truth)));
            for (int answer = 0; answer < classes.size(); answer++) {
                line.append(String.format(Locale.ROOT, " %6d", matrix.count(truth, answer)));
            }
            output.say("%s", line);
        }
    }
}

package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.io.RecordJson;
import org.espalier.nn.metrics.Measure;
import org.espalier.nn.metrics.Metric;
import org.espalier.prune.Sensitivity;
import org.espalier.prune.SensitivityScan;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.sparsity.SparsityPattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How much pruning each layer tolerates. */
@Command(
        name = "sensitivity",
        description = "Prunes one layer at a time, without training, and says what that costs.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier sensitivity wine.safetensors --data wine.csv",
            "  espalier sensitivity wine.safetensors --data wine.csv --criterion wanda --csv scan.csv"
        })
final class SensitivityCommand implements Callable<Integer> {
    private static final int CALIBRATION_ROWS = 1000;
    private static final int CALIBRATION_BATCH = 100;

    @Parameters(paramLabel = "MODEL", description = "A model of any kind.")
    private Path model;

    @Mixin
    private DataOptions data;

    @Option(names = "--criterion", paramLabel = "NAME", description = "Which weights matter. May be repeated.")
    private List<String> criteria = List.of("magnitude l1");

    @Option(names = "--pattern", paramLabel = "NAME", description = "What goes together. Default: ${DEFAULT-VALUE}.")
    private String pattern = "weights";

    @Option(names = "--sparsities", split = ",", paramLabel = "FRACTION",
            description = "What to try, in ascending order.")
    private double[] sparsities = {0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98};

    @Option(names = "--csv", paramLabel = "FILE", description = "Write all points to a CSV file.")
    private Path csv;

    @Mixin
    private ModelOptions reading;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        var saved = reading.read(model);
        var rows = data.read(saved.schema()).fitting(saved.model());
        var metric = rows.metric();
        var scan = SensitivityScan.of(saved.model(), Measure.of(metric, rows.rows()))
                .criteria(criteria.stream().map(Criterion::parse).toArray(Criterion[]::new))
                .pattern(SparsityPattern.parse(pattern))
                .sparsities(sparsities)
                .calibrate(Calibration.of(rows.rows(), rows.target().loss(), CALIBRATION_BATCH, CALIBRATION_ROWS))
                .run();
        for (var criterion : criteria) {
            table(scan, criterion, metric);
        }
        if (csv != null) {
            TextFile.write(csv, scan.toCsv());
            output.say("wrote     %s", csv);
        }
        output.result(() -> RecordJson.write(scan));
        return Failures.GOOD;
    }

    private void table(Sensitivity scan, String criterion, Metric metric) {
        output.say("%s by %s; as it is: %s", metric.name(), criterion, metric.format(scan.dense()));
        var header = new StringBuilder(String.format("%-28s", "sparsity"));
        for (double sparsity : sparsities) {
            header.append(String.format(Locale.ROOT, " %9s", sparsity));
        }
        output.say("%s", header);
        var layers = new LinkedHashSet<String>();
        scan.points().forEach(point -> layers.add(point.layer()));
        for (var layer : layers) {
            var line = new StringBuilder(String.format("%-28s", layer));
            for (double sparsity : sparsities) {
                line.append(String.format(" %9s", point(scan, criterion, layer, sparsity)
                        .map(point -> metric.format(point.value())).orElse("")));
            }
            output.say("%s", line);
        }
        weakest(scan, criterion)
                .ifPresent(layer -> output.say("%s suffers most: prune it less than the others", layer));
    }

    private static Optional<Sensitivity.Point> point(Sensitivity scan, String criterion, String layer,
            double sparsity) {
        return scan.points().stream()
                .filter(point -> point.criterion().equals(criterion) && point.layer().equals(layer)
                        && point.sparsity() == sparsity)
                .findFirst();
    }

    /** The layer whose drops are the largest, summed over all that was tried; empty if there is but one. */
    private static Optional<String> weakest(Sensitivity scan, String criterion) {
        var drops = new LinkedHashMap<String, Double>();
        scan.points().stream()
                .filter(point -> point.criterion().equals(criterion))
                .forEach(point -> drops.merge(point.layer(), scan.drop(point), Double::sum));
        return drops.size() < 2
                ? Optional.empty()
                : drops.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }
}

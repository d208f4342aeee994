package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.espalier.io.Csv;
import org.espalier.io.CsvOptions;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.metrics.Measure;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.table.Preprocessing;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Table;
import org.espalier.nn.table.Target;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.Retraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole job on a table: train, prune, retrain, shrink, write one file that serves alone. */
@Command(
        name = "run",
        description = "Trains a network on a CSV file, prunes it, and writes one file that answers raw rows.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  espalier run --data credit.csv --target outcome --out credit.safetensors"})
final class RunCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "FILE", description = "A CSV file with a header.")
    private Path data;

    @Option(names = "--target", required = true, paramLabel = "COLUMN", description = "The column to predict.")
    private String target;

    @Option(names = "--drop", split = ",", paramLabel = "COLUMN", description = "Columns to leave out.")
    private String[] drop = {};

    @Option(names = "--separator", paramLabel = "CHAR", description = "Between fields; default: a comma.")
    private char separator = ',';

    @Option(names = "--net", split = "-", paramLabel = "WIDTH",
            description = "Widths of the hidden layers, such as 64-32, the default.")
    private int[] net = {64, 32};

    @Option(names = "--keep", paramLabel = "PERCENT", description = "Weights to keep; default: ${DEFAULT-VALUE}.")
    private double keep = 20;

    @Option(names = "--seed",
            description = "For the split, the first weights and shuffling; default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model file to write.")
    private Path out;

    @Option(names = "--quiet", description = "Print nothing but errors.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!(keep > 0 && keep <= 100)) {
            throw new IllegalArgumentException("--keep is a percentage above 0 and up to 100, not " + keep);
        }
        var options =
                CsvOptions.standard().withSeparator(separator).withDetectedCategories().withMissing().without(drop);
        var table = Table.of(Csv.read(data, options), target);
        say("data      " + table.rows() + " rows; " + table.schema().target());
        for (var column : table.schema().columns()) {
            say("          " + column);
        }
        var parts = table.split(0.8, seed);
        var train = parts.train();
        var model = Preprocessing.standard().network(train, net);
        model.initialize(Init.heNormal(), seed);
        train.trainer(model).seed(seed).fit(train.data());
        var dense = Layers.copy(model);
        var metric = table.schema().target() instanceof Target.Regression ? Metric.rSquared() : Metric.accuracy();
        say("train     " + score(metric, dense, parts.validation()) + ", " + parts.validation().rows()
                + " rows kept back");

        var report = Pipeline.of(model)
                .stage("weights", Unstructured.globalNormalized(Criterion.magnitude()).sparsity(1 - keep / 100))
                .retrain(60, Retraining.with(train.trainer(model), train.data()))
                .evaluate(Measure.of(metric, parts.validation().data()))
                .seed(seed)
                .run();
        var small = Shrink.of(model).model();
        say("prune     " + score(metric, small, parts.validation()) + ", "
                + report.total().kept() + " of " + report.total().weights() + " weights kept");
        if (out.toAbsolutePath().getParent() != null) {
            Files.createDirectories(out.toAbsolutePath().getParent());
        }
        file(small, table.schema()).write(out);
        say("wrote     " + out + ", " + Files.size(out) + " bytes (dense: "
                + file(dense, table.schema()).toBytes().length + ")");
        return 0;
    }

    private static ModelFile file(Layer model, Schema schema) {
        return ModelFile.of(model).with(Schema.KEY, schema.toJson().compact());
    }

    private static String score(Metric metric, Layer model, Table rows) {
        return metric.name() + " " + metric.format(metric.of(model, rows.data()));
    }

    private void say(String line) {
        if (!quiet) {
            spec.commandLine().getOut().println(line);
        }
    }
}

package org.espalier.examples.report;

import java.io.IOException;
import java.util.List;
import org.espalier.io.Csv;
import org.espalier.io.CsvOptions;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.metrics.Measure;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.table.Preprocessing;
import org.espalier.nn.table.Table;
import org.espalier.prune.SensitivityScan;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.prune.pipeline.Retraining;

/** A run on the table of credits, small enough for tests. */
public final class SmallRun {
    final Table train;
    final Table validation;
    final Layer dense;
    final Layer pruned;
    final StageUnits units;
    final PruningReport report;
    private final Pipeline pipeline;

    private static RunRecord measured;

    /** The record of the run with seed 1, times included; measured once. */
    public static synchronized RunRecord record() throws IOException {
        if (measured == null) {
            measured = new SmallRun(1).recorder().speed().build();
        }
        return measured;
    }

    /** Trains and prunes. */
    public SmallRun(long seed) throws IOException {
        var csv = Csv.read("credit.csv",
                SmallRun.class.getResourceAsStream("/org/espalier/examples/tables/credit.csv"),
                CsvOptions.standard().withDetectedCategories().withMissing());
        var parts = Table.of(csv, "outcome").split(0.8, 1);
        train = parts.train();
        validation = parts.validation();
        pruned = Preprocessing.standard().network(train, 16, 8);
        train.trainer(pruned).epochs(5).seed(seed).fit(train.data());
        dense = Layers.copy(pruned);
        units = StageUnits.of(pruned);
        pipeline = Pipeline.of(pruned)
                .stage("neurons", Structured.neurons(Magnitude.L1).sparsity(0.25))
                .stage("weights", Unstructured.globalNormalized(Magnitude.L1).sparsity(0.8))
                .retrain(2, Retraining.with(train.trainer(pruned), train.data()))
                .evaluate(Measure.of(Metric.accuracy(), validation.data()))
                .listen(units)
                .seed(seed);
        report = pipeline.run();
    }

    /** The model after pruning. */
    public Layer pruned() {
        return pruned;
    }

    /** What the columns mean. */
    public org.espalier.nn.table.Schema schema() {
        return train.schema();
    }

    /** Everything that can be said of it without measuring times. */
    public RunRecorder recorder() {
        return RunRecord.of("credit", dense, pruned, report)
                .table(train.schema())
                .data("credit.csv", train.data(), validation.data())
                .recipe(pipeline.recipe())
                .stages(units)
                .sensitivity(SensitivityScan.of(dense, Measure.of(Metric.accuracy(), validation.data()))
                        .sparsities(0.5, 0.9)
                        .run())
                .otherSeeds(List.of(report))
                .packings("gaps f32", "gaps int8");
    }
}

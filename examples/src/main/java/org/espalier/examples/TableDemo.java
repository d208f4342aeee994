package org.espalier.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.espalier.examples.report.RunRecord;
import org.espalier.examples.report.StageUnits;
import org.espalier.examples.report.page.ReportPage;
import org.espalier.io.Csv;
import org.espalier.io.CsvOptions;
import org.espalier.nn.Init;
import org.espalier.nn.Layers;
import org.espalier.nn.metrics.Measure;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.metrics.Trials;
import org.espalier.nn.table.Predictor;
import org.espalier.nn.table.Preprocessing;
import org.espalier.nn.table.Table;
import org.espalier.prune.Pruner;
import org.espalier.prune.SensitivityScan;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.Retraining;

/**
 * From a CSV file with words and missing values to a pruned file that answers raw rows, and the test over five seeds
 * whether pruned networks are as good.
 */
final class TableDemo {
    private static final Pruner PRUNER = Unstructured.globalNormalized(Criterion.magnitude()).sparsity(0.8);
    private static final int RETRAINING = 30;

    /** Accuracy whose loss would not matter, chosen before looking. */
    private static final double MARGIN = 0.03;

    void main(String... args) throws IOException {
        var file = Path.of(args.length > 0 ? args[0] : "target", "credit.safetensors");
        Files.createDirectories(file.getParent());
        var csv = Csv.read("credit.csv", TableDemo.class.getResourceAsStream("tables/credit.csv"),
                CsvOptions.standard().withDetectedCategories().withMissing());

        var parts = Table.of(csv, "outcome").split(0.8, 1);
        var train = parts.train();
        var model = Preprocessing.standard().network(train, 64, 32);
        var training = train.trainer(model).fit(train.data());
        var dense = Layers.copy(model);
        var units = StageUnits.of(model);
        var pipeline = Pipeline.of(model)
                .stage("weights", PRUNER)
                .retrain(RETRAINING, Retraining.with(train.trainer(model), train.data()))
                .evaluate(Measure.of(Metric.accuracy(), parts.validation().data()))
                .listen(units);
        var report = pipeline.run();
        train.schema().file(Shrink.of(model).model()).write(file);

        var comparison = Trials.run(parts.validation().data(), seed -> pair(train, seed), 1, 2, 3, 4, 5)
                .compare(MARGIN);
        var record = RunRecord.of("Credit: good or bad", dense, model, report)
                .table(train.schema())
                .data("credit.csv", train.data(), parts.validation().data())
                .recipe(pipeline.recipe())
                .training(training)
                .stages(units)
                .comparison(comparison)
                .sensitivity(SensitivityScan.of(dense, Measure.of(Metric.accuracy(), parts.validation().data())).run())
                .packings("gaps f32", "gaps bf16", "gaps int8", "gaps int4")
                .speed()
                .build();
        record.write(file.resolveSibling("credit-run.json"));
        ReportPage.write(record, file.resolveSibling("credit-report.html"));

        IO.println(report.toTable());
        IO.println(comparison.toTable());
        IO.println("In pictures: " + file.resolveSibling("credit-report.html"));
        IO.println(train.schema().columns() + "\n" + Files.size(file) + " bytes in " + file);
        var predictor = Predictor.load(file);
        IO.println(predictor.predict(Map.of("age", 41, "months", 24, "amount", 2300, "job", "skilled", "housing", "own",
                "purpose", "car", "late payments", 0)).toJson().compact());
        IO.println(predictor.predictLine("23,48,9000,NA,unskilled,rent,car,3").toJson().compact());
    }

    /** A network and the pruned one made of it, by a seed. */
    private static Trials.Pair pair(Table train, long seed) {
        var model = Preprocessing.standard().network(train, 64, 32);
        model.initialize(Init.heNormal(), seed);
        var trainer = train.trainer(model).seed(seed);
        trainer.fit(train.data());
        var dense = Layers.copy(model);
        Pipeline.of(model)
                .stage("weights", PRUNER)
                .retrain(RETRAINING, Retraining.with(trainer, train.data()))
                .seed(seed)
                .run();
        return new Trials.Pair(dense, model);
    }
}

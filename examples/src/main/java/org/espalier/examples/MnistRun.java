package org.espalier.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.espalier.examples.report.RunRecord;
import org.espalier.examples.report.RunRecorder;
import org.espalier.examples.report.StageUnits;
import org.espalier.examples.report.page.ReportPage;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Labels;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Measure;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Progress;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.SensitivityScan;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.prune.pipeline.Retraining;
import org.espalier.prune.pipeline.Stage;
import org.espalier.prune.pipeline.StageProgress;
import org.espalier.prune.sparsity.SparsitySchedule;

/** The steps of the main demo: train, prune and retrain in stages, shrink, save, reload. Each says what it does. */
final class MnistRun {
    private static final int BATCH = 100;
    private static final float DECAY = 0.05f;
    private static final int DENSE_EPOCHS = 14;
    private static final int LAST_EPOCHS = 8;

    private final MnistData data;
    private final MnistData pixels;
    private final long seed;
    private final Path out;

    /**
     * The steps for digits.
     *
     * @param pixels from 0 to 1, which the saved models take; trained and chosen is by the same, normalized
     * @param seed same seed, same result
     * @param out where files go
     */
    MnistRun(MnistData pixels, long seed, Path out) {
        this.data = pixels.normalized();
        this.pixels = pixels;
        this.seed = seed;
        this.out = out;
    }

    /** Trains, prunes, saves and reloads; the models and the report are then in the output directory. */
    MnistOutcome run() throws IOException {
        heading("Training 784-300-100-10 on " + data.train().size() + " images");
        var model = Sequential.of(
                Linear.of(784, 300), Activation.relu(), Linear.of(300, 100), Activation.relu(), Linear.of(100, 10));
        model.initialize(Init.heNormal(), seed);
        var training = train(model, DENSE_EPOCHS, 2e-3f, 1e-5f, seed);
        var dense = Layers.copy(model);

        heading("Pruning in stages, each followed by retraining");
        var units = StageUnits.of(model);
        var pipeline = pipeline(model).listen(units);
        var report = pipeline.run();

        heading("Shrinking, saving, loading, and one look at the test images");
        var shrunk = Shrink.of(model);
        var denseFile = out.resolve("dense.safetensors");
        var prunedFile = out.resolve("pruned.safetensors");
        ModelFile.of(PixelScale.MNIST.takenInto(dense)).with("seed", Long.toString(seed)).write(denseFile);
        ModelFile.of(PixelScale.MNIST.takenInto(shrunk.model()))
                .with("seed", Long.toString(seed))
                .with("report", report.toJson().compact())
                .write(prunedFile);
        var first = pixels.test().range(0, 10);
        IO.println("the saved model reads the first test images as "
                + Arrays.toString(InferenceModel.load(prunedFile).classify(first.inputs())) + ", they are "
                + Arrays.toString(Labels.toArray(first.targets(), "labels", 10)));
        heading("Scanning layers and packings, and measuring, for the report");
        var record =
                record(dense, model, report).recipe(pipeline.recipe()).training(training).stages(units).build();
        record.write(out.resolve("run.json"));
        ReportPage.write(record, out.resolve("report.html"));
        return new MnistOutcome(
                seed,
                report,
                candidate(denseFile),
                candidate(prunedFile));
    }

    /** What the file gives back, on images as a user has them. */
    private MnistOutcome.Candidate candidate(Path file) throws IOException {
        var model = ModelFile.read(file).model();
        var accuracy = Metric.accuracy();
        return new MnistOutcome.Candidate(
                model, file, accuracy.of(model, pixels.validation()), accuracy.of(model, pixels.test()));
    }

    private RunRecorder record(Layer dense, Layer model, PruningReport report) {
        var some = data.validation().subset(IntStream.range(0, 2000).toArray());
        return RunRecord.of("Handwritten digits: LeNet-300-100 on MNIST", dense, model, report)
                .data("MNIST", data.train(), data.validation(), data.test())
                .classes(IntStream.range(0, 10).mapToObj(Integer::toString).toList())
                .image(28, 28)
                .sensitivity(SensitivityScan.of(dense, Measure.of(Metric.accuracy(), some)).run())
                .packings("gaps f32", "gaps bf16", "gaps int8", "gaps int6", "gaps codebook5", "gaps int4", "gaps int3")
                .speed();
    }

    private TrainingResult train(Layer model, int epochs, float from, float to, long shuffle) {
        int steps = epochs * (data.train().size() / BATCH + 1);
        var rule = Optimizer.adamW(LearningRate.cosine(from, to, steps)).weightDecay(DECAY);
        return Trainer.of(model, Loss.crossEntropy(), rule)
                .batchSize(BATCH)
                .epochs(epochs)
                .seed(shuffle)
                .listen(Progress.to(System.out))
                .fit(data.train(), data.validation());
    }

    private Pipeline pipeline(Layer model) {
        Retraining retraining = (pruned, round) -> {
            boolean last = round.epochs() > 1;
            train(pruned, round.epochs(), last ? 1.5e-3f : 1e-3f, last ? 1e-5f : 5e-4f, round.seed());
        };
        return Pipeline.of(model)
                .stage(Stage.of("global: neurons", Structured.globalNeurons(Criterion.taylor()).sparsity(0.3))
                        .epochs(1))
                .stage(Stage.of("global: weights", Unstructured.global(Criterion.magnitude())
                        .sparsity(0.85)
                        .schedule(SparsitySchedule.cubic(4)))
                        .epochs(1))
                .stage(Stage.of("local: weights", Unstructured.perLayer(Criterion.magnitude())
                        .sparsity(Map.of("fc1", 0.93, "fc2", 0.90, "fc3", 0.60))
                        .schedule(SparsitySchedule.cubic(2)))
                        .epochs(LAST_EPOCHS))
                .retrain(1, retraining)
                .evaluate(Measure.of(Metric.accuracy(), data.validation()))
                .calibrate(Calibration.of(data.train(), Loss.crossEntropy(), BATCH, 1000))
                .listen(StageProgress.to(System.out))
                .seed(seed);
    }

    private static void heading(String text) {
        IO.println("\n== " + text);
    }
}

package org.espalier.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.Packing;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.pipeline.Artifact;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.prune.pipeline.Recipe;
import org.espalier.prune.pipeline.Stage;
import org.espalier.prune.quantize.ActivationQuantization;
import org.espalier.prune.quantize.Entropy;
import org.espalier.prune.quantize.Gptq;
import org.espalier.prune.quantize.MinMax;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.WeightFormat;
import org.espalier.prune.sparsity.SparsitySchedule;

/**
 * What a packing costs and what it is worth: LeNet-300-100 trained on MNIST, pruned to 11,713 weights and on to 5,324,
 * and for every packing and form of quantization the bytes of the file and the shares of validation and test images
 * that the model read back from it gets right.
 */
final class PackingDemo {
    private static final long SEED = 1;

    private PackingDemo() {}

    /** A line of the table. */
    record Line(String packing, int bytes, double validation, double test) {}

    static void main() throws IOException {
        var data = MnistData.load(null, SEED);
        var training = new DigitTraining(data.train());
        var model = Sequential.of(
                Linear.of(784, 300), Activation.relu(), Linear.of(300, 100), Activation.relu(), Linear.of(100, 10));
        model.initialize(Init.heNormal(), SEED);
        training.train(model, 8, 2e-3f, SEED);
        var dense = ModelFile.of(model);
        IO.println("| 266,200 weights | bytes | validation | test |\n|---|---:|---:|---:|");
        IO.println(row(line("plain f32", dense.plain(), data)));
        for (int kept : new int[] {11_713, 5_324}) {
            long weights = ModelCost.of(model).total().weights();
            var pipeline = Pipeline.of(model)
                    .stage("weights", Unstructured.global(Criterion.magnitude())
                            .sparsity(1 - (double) kept / weights)
                            .schedule(SparsitySchedule.cubic(5)))
                    .retrain(1, training.retraining(1.5e-3f))
                    .seed(SEED);
            var report = pipeline.run();
            training.train(model, 4, 1.5e-3f, SEED + 1);
            IO.println(String.format(
                    Locale.ROOT, "%n| %,d weights | bytes | validation | test |%n|---|---:|---:|---:|",
                    ModelCost.of(model).total().keptWeights()));
            for (var line : lines(model, Artifact.of(model, pipeline.recipe(), report), data)) {
                IO.println(row(line));
            }
            for (var line : quantized(model, pipeline.recipe(), report, training, data)) {
                IO.println(row(line));
            }
        }
    }

    /** The packings of a pruned model, the biases in bfloat16 except in the first. */
    static List<Line> lines(Layer model, ModelFile artifact, MnistData data) throws IOException {
        var lines = new ArrayList<Line>();
        lines.add(line("plain f32", ModelFile.of(model).plain(), data));
        lines.add(line("smallest lossless", ModelFile.of(model), data));
        var halves = new Packing(Layout.ALL, Encoding.bfloat16());
        for (var text : new String[] {
            "all int8", "all int4", "bitmap f32", "gaps f32", "gaps bf16", "gaps int8", "gaps int8/1", "gaps int6",
            "gaps codebook6", "gaps codebook5", "gaps codebook4", "gaps int4", "gaps int3"
        }) {
            lines.add(line(text, artifact.packed(Packing.parse(text), halves), data));
        }
        return lines;
    }

    /** What else can be rounded and how; what a stage of a pipeline does, applied to copies of the pruned model. */
    private static List<Line> quantized(
            Layer pruned, Recipe recipe, PruningReport report, DigitTraining training, MnistData data)
            throws IOException {
        var calibration = Calibration.of(data.train(), Loss.crossEntropy(), 100, 1000);
        var halves = new Packing(Layout.ALL, Encoding.bfloat16());
        var lines = new ArrayList<Line>();
        var gaps = new Packing(Layout.GAPS, Encoding.intPerRow(8));
        var int8 = Quantization.of(WeightFormat.int8());
        for (var how : List.of(
                int8.inputs(new ActivationQuantization.Dynamic()),
                int8.inputs(new ActivationQuantization.Static(new MinMax())),
                int8.inputs(new ActivationQuantization.Static(new Entropy())))) {
            var rounded = how.apply(pruned, calibration).dequantized();
            var scales = how.inputScales(rounded, calibration);
            var computed = how.computed(rounded, scales);
            var file = Artifact.of(computed, recipe, report)
                    .packed(name -> name.endsWith("weight") ? gaps : Packing.NONE);
            lines.add(line("gaps int8, inputs int8 " + how.inputs().text(), file, data));
        }
        for (int bits : new int[] {4, 3}) {
            var how = Quantization.of(new WeightFormat.Integers(bits));
            for (var trained : new boolean[] {false, true}) {
                var model = Layers.copy(pruned);
                Pipeline.of(model)
                        .stage(Stage.quantization("rounding", trained ? how : how.rounding(new Gptq())))
                        .retrain(trained ? 2 : 0, training.retraining(5e-4f))
                        .calibrate(calibration)
                        .seed(SEED)
                        .run();
                lines.add(line(
                        "gaps int" + bits + (trained ? ", quantization-aware" : ", gptq"),
                        Artifact.of(model, recipe, report).packed(Packing.parse("gaps int" + bits), halves),
                        data));
            }
        }
        return lines;
    }

    private static Line line(String packing, ModelFile file, MnistData data) {
        return new Line(
                packing,
                file.toBytes().length,
                DigitTraining.percent(file.model(), data.validation()),
                DigitTraining.percent(file.model(), data.test()));
    }

    private static String row(Line line) {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.2f %% | %.2f %% |",
                line.packing(),
                line.bytes(),
                line.validation(),
                line.test());
    }
}

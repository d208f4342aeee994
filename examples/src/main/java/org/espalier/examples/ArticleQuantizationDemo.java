package org.espalier.examples;

import java.io.IOException;
import java.util.Locale;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Measure;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.Retraining;
import org.espalier.prune.pipeline.Stage;
import org.espalier.prune.quantize.OptimalBrainQuantization;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.Rounder;
import org.espalier.prune.quantize.WeightFormat;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Pruning, then quantizing layer by layer: each layer is rounded for the inputs that the rounded ones before give. */
final class ArticleQuantizationDemo {
    void main() throws IOException {
        // A network of 10-5-3-1 learns |a + b + c + d + e| of five numbers and five imprecise readings of them.
        var numbers = Rng.of(1).uniform(Shape.of(1200, 5), -1, 1);
        var readings = numbers.plus(Rng.of(2).uniform(Shape.of(1200, 5), -0.2f, 0.2f));
        var inputs = Tensor.concat(1, numbers, readings);
        var data = Dataset.of(inputs, numbers.sum(true, 1).abs()).split(0.8, 2);
        var loss = Loss.meanSquaredError();
        var adam = Optimizer.adam(0.003f);
        var model =
                Sequential.of(Linear.of(10, 5), Activation.relu(), Linear.of(5, 3), Activation.relu(), Linear.of(3, 1));
        model.initialize(Init.heNormal(), 7);
        Trainer.of(model, loss, adam).batchSize(16).epochs(100).fit(data.train());
        var calibration = Calibration.of(data.train(), loss, 16, 256);
        var measure = Measure.of(Metric.loss(loss), data.validation());

        // Half of the weights go, and the rest is retrained.
        var pruned = Pipeline.of(model)
                .stage("prune", Unstructured.global(Criterion.magnitude()).sparsity(0.5))
                .retrain(60, Retraining.on(data.train(), loss, adam, 16))
                .evaluate(measure)
                .run();
        IO.println(pruned.toTable());

        // What 4 bits would cost: in each layer, with the nearest codes and with those that repair one another.
        var method = new OptimalBrainQuantization();
        new Rounder(method, 4).apply(model, calibration).forEach(layer -> IO.println(String.format(
                Locale.ROOT, "%s in 4 bits: error of its outputs %.4f rounded to the nearest, %.4f repaired",
                layer.layer(), layer.nearest(), layer.repaired())));
        IO.println("");

        // The stages of a pipeline: 4 bits, layer by layer. What pruning removed stays zero.
        var quantized = Pipeline.of(model)
                .stage(Stage.quantization("4 bits", Quantization.of(WeightFormat.int4()).rounding(method)))
                .calibrate(calibration)
                .evaluate(measure)
                .run();
        IO.println(quantized.toTable());
        model.parameters().forEach((name, parameter) -> IO.println(
                name + " keeps " + parameter.kept() + " of " + parameter.size()));
    }
}

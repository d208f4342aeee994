package org.espalier.examples;

import java.io.IOException;
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
import org.espalier.prune.Structured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.Retraining;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;

/** Hierarchical pruning in one page: a global stage on fc1, local stages on fc2 and fc3, retraining after each. */
final class ArticleStagesDemo {
    void main() throws IOException {
        // A network of 10-5-3-1 learns |a + b| of the first two of ten inputs.
        var inputs = Rng.of(1).uniform(Shape.of(1200, 10), -1, 1);
        var data = Dataset.of(inputs, inputs.slice(1, 0, 2).sum(true, 1).abs()).split(0.8, 2);
        var loss = Loss.meanSquaredError();
        var adam = Optimizer.adam(0.001f);
        var model =
                Sequential.of(Linear.of(10, 5), Activation.relu(), Linear.of(5, 3), Activation.relu(), Linear.of(3, 1));
        model.initialize(Init.heNormal(), 7);
        Trainer.of(model, loss, adam).batchSize(16).epochs(100).fit(data.train());

        // Half of each layer goes, by the geometric median: neurons of fc1 and fc2, inputs of fc3.
        var report = Pipeline.of(model)
                .stage("global: fc1", Structured.globalNeurons(Criterion.fpgm()).layers("fc1").sparsity(0.5))
                .stage("local: fc2", Structured.neurons(Criterion.fpgm()).layers("fc2").sparsity(0.5))
                .stage("local: fc3", Structured.inputs(Criterion.fpgm()).layers("fc3").sparsity(0.5))
                .retrain(60, Retraining.on(data.train(), loss, adam, 16))
                .evaluate(Measure.of(Metric.loss(loss), data.validation()))
                .run();
        IO.println(report.toTable());
        model.parameters().forEach((name, parameter) -> IO.println(
                name + " keeps " + parameter.kept() + " of " + parameter.size()));
    }
}

package org.espalier.examples;

import java.io.IOException;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Structured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.Retraining;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;

/** Pruning by a threshold: rows of weights whose norm is below 0.1 go, the rest is retrained and tested. */
final class ArticleThresholdDemo {
    void main() throws IOException {
        // A network of 10-5-3-1 learns |x| of the first of ten inputs; decay starves the neurons it does not need.
        var inputs = Rng.of(1).uniform(Shape.of(1200, 10), -1, 1);
        var data = Dataset.of(inputs, inputs.slice(1, 0, 1).abs()).split(0.8, 2);
        var loss = Loss.meanSquaredError();
        var adam = Optimizer.adam(0.001f).weightDecay(0.001f);
        var model =
                Sequential.of(Linear.of(10, 5), Activation.relu(), Linear.of(5, 3), Activation.relu(), Linear.of(3, 1));
        model.initialize(Init.uniform(), 3);
        Trainer.of(model, loss, adam).batchSize(16).epochs(100).fit(data.train());
        var testLoss = Metric.loss(loss);
        IO.println("test loss, dense:     " + testLoss.of(model, data.validation()));

        var report = Pipeline.of(model)
                .stage("rows below 0.1", Structured.neurons(Criterion.l2Magnitude()).below(0.1))
                .retrain(20, Retraining.on(data.train(), loss, adam, 16))
                .run();
        IO.println(report.toTable());
        IO.println("test loss, pruned:    " + testLoss.of(model, data.validation()));
        IO.println("what is left of it:   " + Shrink.of(model).model());
    }
}

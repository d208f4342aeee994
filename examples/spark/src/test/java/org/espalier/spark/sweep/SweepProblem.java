package org.espalier.spark.sweep;

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
import org.espalier.prune.SensitivityScan;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.RandomScore;
import org.espalier.prune.search.AutoPrune;
import org.espalier.prune.search.Candidate;
import org.espalier.prune.sparsity.Resource;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** A small scan and a small search, the same each time they are made. */
final class SweepProblem {
    private SweepProblem() {}

    private static Dataset samples(int rows, long seed) {
        var inputs = Rng.of(seed).normal(Shape.of(rows, 6), 1);
        float[] x = inputs.toArray();
        var labels = new float[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = x[6 * i] > x[6 * i + 1] ? 1 : 0;
        }
        return Dataset.of(inputs, Tensor.of(Shape.of(rows), labels));
    }

    private static Sequential model() {
        var model = Sequential.of(Linear.of(6, 12), Activation.relu(), Linear.of(12, 2));
        model.initialize(Init.heNormal(), 3);
        Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(1e-2f)).batchSize(16).epochs(5).fit(samples(120, 1));
        return model;
    }

    static SensitivityScan scan() {
        return SensitivityScan.of(model(), Measure.of(Metric.accuracy(), samples(100, 2)))
                .criteria(Criterion.magnitude(), new RandomScore())
                .sparsities(0.5, 0.9);
    }

    static AutoPrune search() {
        return AutoPrune.of(model(), Loss.crossEntropy(), samples(120, 1), samples(80, 2))
                .test(samples(200, 3))
                .candidates(
                        Candidate.of("steps", Unstructured.global(Criterion.magnitude())),
                        Candidate.of("layers", Unstructured.perLayer(Criterion.magnitude())))
                .sparsities(0.5, 0.8)
                .epochs(3)
                .seeds(2)
                .smallest(Resource.WEIGHTS)
                .notWorseThan(0.1)
                .threads(1);
    }
}

package org.espalier.spark.training;

import org.espalier.nn.Activation;
import org.espalier.nn.Dropout;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** A small problem: which of three inputs is largest; every rank has other rows. */
public final class Digits implements TrainingWork {
    private static final long serialVersionUID = 1;

    @Override
    public Layer model() {
        var model = Sequential.of(
                Linear.of(5, 24), Activation.relu(), Dropout.of(0.1f), Linear.of(24, 12), Activation.relu(),
                Linear.of(12, 3));
        model.initialize(Init.heNormal(), 5);
        return model;
    }

    @Override
    public Loss loss() {
        return Loss.crossEntropy();
    }

    @Override
    public Optimizer optimizer() {
        return Optimizer.adam(LearningRate.cosine(1e-2f, 1e-3f, 200));
    }

    @Override
    public int batchSize() {
        return 16;
    }

    @Override
    public Dataset samples(int rank, int ranks) {
        return rows(150, 100 + rank);
    }

    static Dataset rows(int rows, long seed) {
        var inputs = Rng.of(seed).normal(Shape.of(rows, 5), 1);
        float[] x = inputs.toArray();
        var labels = new float[rows];
        for (int i = 0; i < rows; i++) {
            for (int k = 1; k < 3; k++) {
                labels[i] = x[5 * i + k] > x[5 * i + (int) labels[i]] ? k : labels[i];
            }
        }
        return Dataset.of(inputs, Tensor.of(Shape.of(rows), labels));
    }
}

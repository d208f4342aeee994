package org.espalier.prune.search;

import java.util.ArrayList;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Small data that networks learn in a second. */
final class SearchProblems {
    private SearchProblems() {}

    /** Three classes, each around a point, in eight columns of which the last five are noise. */
    static Dataset classes(int rows, long seed) {
        var rng = Rng.of(seed);
        var inputs = new float[rows * 8];
        var targets = new float[rows];
        for (int i = 0; i < rows; i++) {
            int label = i % 3;
            targets[i] = label;
            for (int k = 0; k < 8; k++) {
                inputs[i * 8 + k] = rng.nextGaussian() * 0.4f + (k == label ? 2 : 0);
            }
        }
        return Dataset.of(Tensor.of(Shape.of(rows, 8), inputs), Tensor.of(Shape.of(rows), targets));
    }

    /** y = x0 − 2·x1, with six columns of noise beside them. */
    static Dataset values(int rows, long seed) {
        var rng = Rng.of(seed);
        var inputs = rng.normal(Shape.of(rows, 8), 1);
        float[] x = inputs.toArray();
        var targets = new float[rows];
        for (int i = 0; i < rows; i++) {
            targets[i] = x[i * 8] - 2 * x[i * 8 + 1];
        }
        return Dataset.of(inputs, Tensor.of(Shape.of(rows, 1), targets));
    }

    /** Two labels: whether x0 and whether x1 is positive. */
    static Dataset labels(int rows, long seed) {
        var rng = Rng.of(seed);
        var inputs = rng.normal(Shape.of(rows, 8), 1);
        float[] x = inputs.toArray();
        var targets = new float[rows * 2];
        for (int i = 0; i < rows; i++) {
            targets[2 * i] = x[i * 8] > 0 ? 1 : 0;
            targets[2 * i + 1] = x[i * 8 + 1] > 0 ? 1 : 0;
        }
        return Dataset.of(inputs, Tensor.of(Shape.of(rows, 2), targets));
    }

    /** 8 → 16 → … → 16 → outputs. */
    static Sequential network(int outputs, int hidden, long seed) {
        var layers = new ArrayList<Layer>();
        int width = 8;
        for (int i = 0; i < hidden; i++) {
            layers.add(Linear.of(width, 16));
            layers.add(Activation.relu());
            width = 16;
        }
        layers.add(Linear.of(width, outputs));
        var model = Sequential.of(layers.toArray(Layer[]::new));
        model.initialize(Init.heNormal(), seed);
        return model;
    }

    /** A network that is trained. */
    static Sequential trained(int outputs, int hidden, Loss loss, Dataset samples) {
        var model = network(outputs, hidden, 3);
        Trainer.of(model, loss, Optimizer.adam(5e-3f)).batchSize(16).epochs(15).seed(3).fit(samples);
        return model;
    }
}

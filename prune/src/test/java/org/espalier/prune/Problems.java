package org.espalier.prune;

import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Measure;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.pipeline.Retraining;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;

/** Small models and data for the tests. */
public final class Problems {
    private Problems() {}

    /** The network of ten inputs, hidden layers of five and three, and one output. */
    public static Sequential network(long seed) {
        var model =
                Sequential.of(Linear.of(10, 5), Activation.relu(), Linear.of(5, 3), Activation.relu(), Linear.of(3, 1));
        model.initialize(Init.heNormal(), seed);
        return model;
    }

    /** Samples whose target is the difference of the first two inputs. */
    public static Dataset samples(int count, long seed) {
        var inputs = Rng.of(seed).normal(Shape.of(count, 10), 1);
        return Dataset.of(inputs, inputs.slice(1, 0, 1).minus(inputs.slice(1, 1, 2)));
    }

    public static Calibration calibration() {
        return Calibration.of(samples(64, 3), Loss.meanSquaredError(), 16, 64);
    }

    public static Retraining retraining() {
        return Retraining.on(samples(128, 1), Loss.meanSquaredError(), Optimizer.adam(0.01f), 16);
    }

    public static Measure loss() {
        return Measure.of(Metric.meanSquaredError(), samples(64, 2));
    }

    /** Values and masks, for comparisons bit by bit. */
    public static java.util.List<Object> bits(org.espalier.nn.Layer model) {
        var bits = new java.util.ArrayList<Object>();
        model.parameters().forEach((name, parameter) -> {
            bits.add(name);
            for (float value : parameter.value().toArray()) {
                bits.add(Float.floatToRawIntBits(value));
            }
            bits.add(parameter.mask());
        });
        return bits;
    }
}

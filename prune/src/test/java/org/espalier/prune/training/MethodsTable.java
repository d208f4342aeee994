package org.espalier.prune.training;

import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;

/**
 * All methods as a Markdown table. How many weights are left in the end is found by training a small model of 600
 * weights with each, so the table cannot be wrong about it.
 */
final class MethodsTable {
    private MethodsTable() {}

    static String markdown(List<SparseTraining> methods) {
        var text = new StringBuilder("| method | update | keeps of 600 | source |\n|---|---|---|---|\n");
        for (var method : methods) {
            text.append("| ").append(method.text());
            text.append(" | ").append(method.formula().replace("|", "\\|"));
            text.append(" | ").append(keeps(method));
            text.append(" | ").append(method.source()).append(" |\n");
        }
        return text.toString();
    }

    /** After a training of 16 epochs of 16 steps. */
    private static int keeps(SparseTraining method) {
        var model = Sequential.of(Linear.of(20, 20), Activation.relu(), Linear.of(20, 10));
        model.initialize(Init.heNormal(), 1);
        var samples = Dataset.of(Rng.of(2).normal(Shape.of(16, 20), 1), Rng.of(3).normal(Shape.of(16, 10), 1));
        var trainer = Trainer.of(model, Loss.meanSquaredError(), Optimizer.sgd(0.01f));
        method.train(model, TrainingSetup.of(trainer.batchSize(1).epochs(16), samples));
        return MaskedWeights.of(model).kept();
    }
}

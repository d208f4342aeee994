package org.espalier.nn.train;

import java.io.IOException;
import java.nio.file.Path;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Dropout;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.GradientClipping;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Rng;

/**
 * The run that the resume tests cut: dropout, batch statistics, masks that change on the way, schedule and clipping.
 */
final class ResumeProgram {
    static final int BATCHES = 5;
    static final int EPOCHS = 3;

    private ResumeProgram() {}

    static Layer model(long seed) {
        var model = Sequential.of(
                Linear.of(2, 12), BatchNorm1d.of(12), Activation.relu(), Dropout.of(0.2f), Linear.of(12, 3));
        model.initialize(Init.heNormal(), seed);
        return model;
    }

    static Trainer trainer(Layer model, Path file) {
        var rate = LearningRate.cosine(0.02f, 0.001f, 12).withWarmUp(3);
        return Trainer.of(model, Loss.crossEntropy(), Optimizer.adamW(rate))
                .batchSize(10).epochs(EPOCHS).seed(3).clip(GradientClipping.byGlobalNorm(1)).keepBest()
                .checkpoint(file).listen(event -> prune(model, event));
    }

    /** Prunes some weights after step 3, others after step 8, growing a few back, and a bias after the second epoch. */
    private static void prune(Layer model, TrainingEvent event) {
        if (event instanceof TrainingEvent.EpochEnded end && end.record().epoch() == 2) {
            var bias = model.parameters().get("fc2.bias");
            bias.assignMask(Mask.of(bias.shape(), i -> i != 1));
        }
        if (event instanceof TrainingEvent.Stepped step && (step.step() == 3 || step.step() == 8)) {
            var rng = Rng.of(step.step());
            var weight = model.parameters().get("fc1.weight");
            weight.assignMask(Mask.of(weight.shape(), i -> rng.nextFloat() < 0.6f));
        }
    }

    static TrainingResult fit(Trainer trainer) {
        return trainer.fit(Samples.rings(47, 1), Samples.rings(30, 2));
    }

    /** Continues the run in a file: arguments are the file and the number of threads. */
    public static void main(String[] args) throws IOException {
        var file = Path.of(args[0]);
        try (var threads = Parallelism.of(Integer.parseInt(args[1]))) {
            fit(trainer(model(99), file).resumeFrom(Checkpoint.read(file)).parallelism(threads));
        }
    }
}

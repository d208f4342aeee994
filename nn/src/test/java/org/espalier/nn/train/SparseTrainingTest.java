package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.GradientClipping;
import org.espalier.nn.optim.Optimizer;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Rng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose hidden layer is sparse enough to be trained on its kept weights, with a mask that changes on the way. */
class SparseTrainingTest {
    @TempDir
    Path directory;

    private static Layer model(long seed) {
        var model = Sequential.of(
                Linear.of(2, 150), Activation.relu(), Linear.of(150, 140), Activation.relu(), Linear.of(140, 3));
        model.initialize(Init.heNormal(), seed);
        mask(model, 1);
        return model;
    }

    private static void mask(Layer model, long seed) {
        var rng = Rng.of(seed);
        var weight = model.parameters().get("fc2.weight");
        weight.assignMask(Mask.of(weight.shape(), i -> rng.nextFloat() < 0.1f));
    }

    private Trainer trainer(Layer model, String file) {
        return Trainer.of(model, Loss.crossEntropy(), Optimizer.adamW(0.01f))
                .batchSize(48).epochs(4).seed(3).clip(GradientClipping.byGlobalNorm(1))
                .checkpoint(directory.resolve(file))
                .listen(event -> {
                    if (event instanceof TrainingEvent.Stepped step && step.step() == 3) {
                        mask(model, 2);
                    }
                });
    }

    private StateDict whole() {
        var model = model(1);
        trainer(model, "whole").fit(Samples.rings(144, 1));
        return StateDict.of(model);
    }

    @Test
    void theBitsDoNotDependOnThreads() {
        var expected = whole();
        for (int threads : new int[] {2, 3, 8}) {
            var model = model(1);
            try (var pool = Parallelism.of(threads)) {
                trainer(model, "threads").parallelism(pool).fit(Samples.rings(144, 1));
            }
            assertEquals(expected, StateDict.of(model));
        }
    }

    @Test
    void aRunThatIsCutAndResumedEndsWithTheSameBits() throws IOException {
        var expected = whole();
        for (int cut : new int[] {2, 3, 4, 7}) {
            var interrupted = trainer(model(1), "cut" + cut).listen(event -> {
                if (event instanceof TrainingEvent.Stepped step && step.step() == cut) {
                    Thread.currentThread().interrupt();
                }
            });
            interrupted.fit(Samples.rings(144, 1));
            assertTrue(Thread.interrupted());
            var model = model(9);
            trainer(model, "resumed").resumeFrom(Checkpoint.read(directory.resolve("cut" + cut)))
                    .fit(Samples.rings(144, 1));
            assertEquals(expected, StateDict.of(model));
        }
    }
}

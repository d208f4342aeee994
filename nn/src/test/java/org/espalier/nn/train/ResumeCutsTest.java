package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.GradientClipping;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.parallel.Parallelism;
import org.espalier.trials.Promise;
import org.espalier.trials.Trials;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts runs after every step and goes on with another number of threads: the last file is the same byte for byte.
 * {@code -Despalier.cuts=200} makes the runs that long.
 */
@Tag("trials")
class ResumeCutsTest {
    private static final int STEPS = (int) Promise.RESUMED.count();
    private static final int EPOCHS = STEPS < 100 ? 3 : 5;
    private static final int BATCH = 10;

    @TempDir
    private Path directory;

    /** A way to train. */
    private record Setting(String name, Optimizer optimizer, UnaryOperator<Trainer> change) {}

    private static List<Setting> settings() {
        var cosine = LearningRate.cosine(0.02f, 0.001f, STEPS).withWarmUp(3);
        return List.of(
                new Setting("SGD with momentum and decay",
                        Optimizer.sgd(cosine).momentum(0.9f).weightDecay(0.01f), trainer -> trainer),
                new Setting("Nesterov, clipped", Optimizer.sgd(0.01f).nesterov(0.9f),
                        trainer -> trainer.clip(GradientClipping.byGlobalNorm(0.5f))),
                new Setting("Adam, best model kept", Optimizer.adam(cosine), Trainer::keepBest),
                new Setting("AdamW with decay", Optimizer.adamW(cosine).weightDecay(0.1f), trainer -> trainer),
                new Setting("RMSprop", Optimizer.rmsProp(0.01f), trainer -> trainer));
    }

    private Trainer trainer(Setting setting, long seed, Path file) {
        return setting.change.apply(Trainer.of(ResumeProgram.model(seed), Loss.crossEntropy(), setting.optimizer)
                .batchSize(BATCH).epochs(EPOCHS).seed(3)).checkpoint(file);
    }

    private static TrainingResult fit(Trainer trainer) {
        return trainer.fit(Samples.rings(STEPS / EPOCHS * BATCH - 3, 1), Samples.rings(30, 2));
    }

    @TestFactory
    Stream<DynamicTest> aRunCutAfterAnyStepEndsWithTheSameBytes() {
        return settings().stream().map(setting -> DynamicTest.dynamicTest(setting.name,
                () -> Trials.of(Promise.RESUMED, setting.name).run(trials -> cutEverywhere(setting, trials))));
    }

    private void cutEverywhere(Setting setting, Trials trials) throws Exception {
        Path whole = directory.resolve("whole.safetensors");
        long steps = fit(trainer(setting, 1, whole)).steps();
        Path file = directory.resolve("cut.safetensors");
        try (var threads = Parallelism.of(2)) {
            for (int cut = 1; cut <= steps; cut++) {
                long last = cut - 1;
                fit(trainer(setting, 1, file).listen(event -> {
                    if (event instanceof TrainingEvent.Stepped step && step.step() == last) {
                        Thread.currentThread().interrupt();
                    }
                }));
                assertTrue(Thread.interrupted());
                fit(trainer(setting, 2, file).resumeFrom(Checkpoint.read(file)).parallelism(threads));
                assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(file), "cut after " + cut + " steps");
                trials.add(1);
            }
        }
    }
}

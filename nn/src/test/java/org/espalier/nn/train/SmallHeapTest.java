package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Labels;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand steps in a heap of 64 MB: nothing that a step needs is held longer than the step. */
class SmallHeapTest {
    private static final int STEPS = 10_000;
    private static final int BATCH = 8;

    /** Trains and prints the steps taken and the losses of the first and the last epoch. */
    static final class Program {
        private Program() {}

        static void main(String[] arguments) {
            int samples = 800;
            var pixels = Rng.of(1).uniform(Shape.of(samples, 784), 0, 1);
            float[] numbers = pixels.toArray();
            var classes = new int[samples];
            for (int i = 0; i < samples; i++) {
                classes[i] = numbers[i * 784] < 0.5f ? 0 : 1;
            }
            var model = Sequential.of(Linear.of(784, 32), Activation.relu(), Linear.of(32, 10));
            model.initialize(Init.heNormal(), 1);
            var trainer = Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(1e-3f)).batchSize(BATCH);
            var result = trainer.epochs(STEPS * BATCH / samples).fit(Dataset.of(pixels, Labels.of(classes)));
            System.out.println(result.steps() + " " + result.history().getFirst().trainingLoss() + " "
                    + result.history().getLast().trainingLoss());
        }
    }

    @Test
    void tenThousandStepsFitIn64Megabytes(@TempDir Path folder) throws Exception {
        var output = folder.resolve("output");
        var process = OwnJvm.of(List.of("-Xmx64m"), Program.class).redirectOutput(output.toFile()).start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "still training");
        var lines = Files.readAllLines(output);

        assertEquals(0, process.exitValue(), lines::toString);
        var numbers = lines.getLast().split(" ");
        assertEquals(STEPS, Integer.parseInt(numbers[0]));
        assertTrue(Double.parseDouble(numbers[2]) < Double.parseDouble(numbers[1]) / 2, lines::toString);
    }
}

package org.espalier.spark.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.spark.TestSession;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final SparkSession spark = TestSession.local();

    /** A learning rate and what is drawn from. */
    public record Setting(float rate, long seed) {}

    /** The loss at the end. */
    public record Score(double loss, List<Float> outputs) {}

    /** A rate that may be missing. */
    public record Rate(Optional<Double> rate) {}

    /** An array, which has no JSON. */
    public record Weights(float[] values) {}

    /** Trains a small network. */
    static Score train(Setting setting) {
        CALLS.incrementAndGet();
        var rows = Rng.of(9).normal(Shape.of(60, 4), 1);
        var samples = Dataset.of(rows, rows.slice(1, 0, 1));
        var model = Sequential.of(Linear.of(4, 8), Activation.relu(), Linear.of(8, 1));
        model.initialize(Init.heNormal(), setting.seed());
        var result = Trainer.of(model, Loss.meanSquaredError(), Optimizer.adam(setting.rate()))
                .batchSize(16).epochs(3).seed(setting.seed()).fit(samples);
        var outputs = new ArrayList<Float>();
        for (float output : model.forward(rows.slice(0, 0, 3)).toArray()) {
            outputs.add(output);
        }
        return new Score(result.history().getLast().trainingLoss(), outputs);
    }

    private static List<Setting> settings() {
        var all = new ArrayList<Setting>();
        for (int i = 0; i < 6; i++) {
            all.add(new Setting(0.001f * (i / 3 + 1), i % 3));
        }
        return all;
    }

    @Test
    void resultsAreThoseOfTheLocalRun() {
        var result = Sweep.of(spark, Setting.class, Score.class, SweepTest::train).run(settings());
        assertEquals(settings().stream().map(SweepTest::train).toList(), result.results());
        assertEquals(settings(), result.entries().stream().map(SweepResult.Entry::configuration).toList());
        assertEquals("6 configurations: 6 done now, 0 before, 0 failed", result.summary());
    }

    @Test
    void aTaskThatFailsIsTriedAgain() {
        var result = Sweep.of(spark, Setting.class, Score.class, setting -> {
            int attempt = TaskContext.get().attemptNumber();
            if (attempt < 2) {
                throw new IllegalStateException("not yet");
            }
            return new Score(attempt, List.of());
        }).run(settings().subList(0, 2));
        assertEquals(List.of(new Score(2, List.of()), new Score(2, List.of())), result.results());
    }

    @Test
    void aPoisonedConfigurationIsReportedAndSkipped() {
        var result = Sweep.of(spark, Setting.class, Score.class, setting -> {
            if (setting.seed() == 1) {
                throw new IllegalStateException("poison\nand more");
            }
            return train(setting);
        }).run(settings());
        assertEquals(4, result.results().size());
        assertEquals(List.of(1, 4), result.failed().stream().map(result.entries()::indexOf).toList());
        assertEquals("""
                6 configurations: 4 done now, 0 before, 2 failed
                Setting[rate=0.001, seed=1]: poison
                Setting[rate=0.002, seed=1]: poison""", result.summary());
    }

    @Test
    void aSweepGoesOnWhereItWasAndTriesAgainWhatFailed(@TempDir Path directory) throws Exception {
        var poisoned = Sweep.of(spark, Setting.class, Score.class, setting -> {
            if (setting.seed() == 2) {
                throw new IllegalStateException("poison");
            }
            return train(setting);
        }).resumeFrom(directory);
        poisoned.run(settings());
        var healed = Sweep.of(spark, Setting.class, Score.class, SweepTest::train).resumeFrom(directory);
        CALLS.set(0);
        var result = healed.run(settings());
        assertEquals(2, CALLS.get());
        assertEquals("6 configurations: 2 done now, 4 before, 0 failed", result.summary());
        assertEquals(settings().stream().map(SweepTest::train).toList(), result.results());
        CALLS.set(0);
        assertEquals(result.results(), healed.run(settings()).results());
        assertEquals(0, CALLS.get());

        try (var files = Files.list(directory)) {
            Files.writeString(files.findFirst().orElseThrow(), "{\"configuration\": {}, \"result\": {}}");
        }
        assertThrows(UncheckedIOException.class, () -> healed.run(settings()));
    }

    @Test
    void whatJsonCannotHoldFails() {
        var nan = Sweep.of(spark, Setting.class, Rate.class, setting -> new Rate(Optional.of(Double.NaN)))
                .run(settings().subList(0, 1));
        assertTrue(nan.failed().getFirst().problem().contains("does not come back from JSON"), nan.summary());
        var array = Sweep.of(spark, Setting.class, Weights.class, setting -> new Weights(new float[1]))
                .run(settings().subList(0, 1));
        assertTrue(array.failed().getFirst().problem().contains("a float[] has no JSON"), array.summary());
        assertThrows(IllegalArgumentException.class,
                () -> Sweep.of(spark, Weights.class, Score.class, weights -> new Score(1, List.of()))
                        .run(List.of(new Weights(new float[1]))));
    }

    @Test
    void infiniteNumbersComeBack() {
        var result = Sweep.of(spark, Setting.class, Score.class, setting -> new Score(-setting.rate(), List.of()))
                .run(List.of(new Setting(Float.NEGATIVE_INFINITY, 1)));
        assertEquals(List.of(new Score(Double.POSITIVE_INFINITY, List.of())), result.results());
    }

    @Test
    void anInterruptedSweepEnds() {
        Thread.currentThread().interrupt();
        var sweep = Sweep.of(spark, Setting.class, Score.class, SweepTest::train);
        assertThrows(CancellationException.class, () -> sweep.run(settings()));
        assertTrue(Thread.interrupted());
    }
}

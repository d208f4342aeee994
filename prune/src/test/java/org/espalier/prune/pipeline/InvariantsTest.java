package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.optim.OptimizerState;
import org.espalier.nn.train.Checkpoint;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.prune.Pruner;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.criterion.RandomScore;
import org.espalier.prune.graph.RandomModels;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.quantize.QuantizedModel;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.prune.training.SparseTraining;
import org.espalier.prune.training.TrainingSetup;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.espalier.trials.Promise;
import org.espalier.trials.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for every model, optimizer, schedule and method: chains, residual blocks, branches, norms and layers used
 * twice, of random widths and values. {@code -Despalier.invariants.cases=1000} tries more of them.
 */
@Tag("trials")
class InvariantsTest {
    private static final int FIRST = 20;

    private static final List<Optimizer> RULES = List.of(
            Optimizer.sgd(1e-3f),
            Optimizer.sgd(1e-3f).momentum(0.9f).weightDecay(0.1f),
            Optimizer.sgd(1e-3f).nesterov(0.9f),
            Optimizer.adam(1e-3f).weightDecay(0.1f),
            Optimizer.adamW(1e-3f),
            Optimizer.rmsProp(1e-3f));

    private static final List<SparsitySchedule> SCHEDULES =
            List.of(SparsitySchedule.oneShot(), SparsitySchedule.linear(3), SparsitySchedule.cubic(4),
                    SparsitySchedule.exponential(3));

    private static final List<Criterion> CRITERIA = List.of(Magnitude.L1, Magnitude.L2, new RandomScore());

    @TempDir
    private Path directory;

    /** Runs a property on many seeds and names the one it fails on. */
    private static void forAll(LongConsumer property) throws Exception {
        Trials.of(Promise.INVARIANTS, "random models").each(number -> {
            try {
                property.accept(FIRST + number);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + (FIRST + number) + ": " + e.getMessage(), e);
            }
        });
    }

    private static Layer model(long seed) {
        return new RandomModels(seed).model();
    }

    private static Dataset samples(Layer model, long seed) {
        int in = model.children().values().stream().mapToInt(InvariantsTest::inputs).filter(n -> n > 0).findFirst()
                .orElseThrow();
        var inputs = Rng.of(seed).normal(Shape.of(12, in), 1);
        return Dataset.of(inputs, Rng.of(seed + 1).normal(model.forward(inputs).shape(), 1));
    }

    /** How many features a layer takes, or 0 if any number will do. */
    private static int inputs(Layer layer) {
        return switch (layer) {
            case Linear linear -> linear.in();
            case org.espalier.nn.BatchNorm1d norm -> norm.parameters().get("running_mean").size();
            case org.espalier.nn.LayerNorm norm -> norm.parameters().firstEntry().getValue().size();
            case org.espalier.nn.FeatureSelect select -> (int) ((org.espalier.io.Json.Int) select.config().attributes()
                    .members().get("in")).value();
            default -> layer.children().values().stream().mapToInt(InvariantsTest::inputs).filter(n -> n > 0)
                    .findFirst().orElse(0);
        };
    }

    private static Trainer trainer(Layer model, SplittableRandom random) {
        return Trainer.of(model, Loss.meanSquaredError(), RULES.get(random.nextInt(RULES.size())))
                .batchSize(4)
                .epochs(4)
                .seed(random.nextLong());
    }

    private static Pruner pruner(SplittableRandom random) {
        var criterion = CRITERIA.get(random.nextInt(CRITERIA.size()));
        var pruner = switch (random.nextInt(5)) {
            case 0 -> Unstructured.perLayer(criterion);
            case 1 -> Unstructured.global(criterion);
            case 2 -> Unstructured.lamp(criterion);
            case 3 -> Unstructured.erk(criterion);
            default -> Unstructured.globalNormalized(criterion);
        };
        return pruner.floor(Floor.units(1)).schedule(SCHEDULES.get(random.nextInt(SCHEDULES.size())));
    }

    /** Every method with its usual numbers, but quick enough for 12 steps in 4 epochs. */
    private static SparseTraining method(SplittableRandom random, double sparsity) {
        var common = ", sparsity " + sparsity;
        return SparseTraining.parse(List.of(
                "gradual, schedule cubic 3" + common,
                "gradual, schedule cyclic 2 linear 2, end 1" + common,
                "dsd, dense 1, sparse 2" + common,
                "set" + common,
                "rigl, every 2" + common,
                "ac/dc, warm-up 1, compressed 1, decompressed 1, last 1" + common,
                "straight-through" + common,
                "movement" + common,
                "greg, delta 0.1, every 2" + common,
                // Its penalty is on all weights, whether any goes or not.
                (sparsity == 0 ? "movement" : "greg-2, separate 0.1, delta 0.1, every 2") + common,
                sparsity == 0 ? "dns, c -1e9" : "dns, c " + (2 * sparsity - 1))
                .get(random.nextInt(11)));
    }

    private static void assertMasked(Layer model) {
        model.parameters().forEach((name, parameter) -> {
            if (parameter.mask().isPresent()) {
                float[] values = parameter.value().toArray();
                for (int i = 0; i < values.length; i++) {
                    assertTrue(
                            parameter.mask().get().keeps(i) || Float.floatToRawIntBits(values[i]) == 0,
                            name + " holds " + values[i] + " under its mask");
                }
            }
        });
    }

    private static void assertMomentsMasked(Layer model, OptimizerState state) {
        state.moments().forEach((name, moments) -> moments.slots().forEach((slot, tensor) -> {
            var mask = model.parameters().get(name).mask();
            float[] values = tensor.toArray();
            for (int i = 0; i < values.length; i++) {
                assertTrue(
                        mask.isEmpty() || mask.get().keeps(i) || Float.floatToRawIntBits(values[i]) == 0,
                        slot + " of " + name + " is " + values[i] + " under its mask");
            }
        }));
    }

    private static int removed(Layer model) {
        return PrunableWeight.of(model).stream().mapToInt(one -> one.weight().size() - one.weight().kept()).sum();
    }

    @Test
    void stepsOfAScheduleShrinkMasksByExactCountsAndTrainingKeepsThem() throws Exception {
        forAll(seed -> {
            var random = new SplittableRandom(seed);
            var model = model(seed);
            var samples = samples(model, seed);
            var pruner = pruner(random).sparsity(random.nextDouble());
            var steps = pruner.steps(model);
            for (int step = 1; step <= pruner.schedule().steps(); step++) {
                var before = StateDict.of(model);
                var plan = steps.plan(step, Calibration.none(), Optional.empty(), seed);
                assertEquals(before, StateDict.of(model));
                plan.apply();
                assertEquals(plan.removed(), removed(model));
                assertOnlyShrunk(before, model);
                var file = directory.resolve("step" + seed + step);
                trainer(model, random).epochs(1).checkpoint(file).listen(event -> assertMasked(model)).fit(samples);
                assertMomentsMasked(model, read(file).optimizer());
                assertEquals(plan.removed(), removed(model));
            }
            assertEquals(expected(pruner, model), removed(model), pruner.toString());
        });
    }

    /** Whatever the schedule, what the whole amount comes to; each layer keeps one weight. */
    private static int expected(Pruner pruner, Layer model) {
        double share = ((org.espalier.prune.sparsity.Amount.Sparsity) pruner.amount()).share();
        var sizes = PrunableWeight.of(model).stream().mapToInt(one -> one.weight().size()).toArray();
        if (pruner.allocation().isPerLayer()) {
            return java.util.Arrays.stream(sizes)
                    .map(size -> Math.min((int) Math.rint(share * size), size - 1)).sum();
        }
        int total = java.util.Arrays.stream(sizes).sum();
        return Math.min((int) Math.rint(share * total), total - sizes.length);
    }

    private static void assertOnlyShrunk(StateDict before, Layer model) {
        StateDict.of(model).entries().forEach((name, now) -> before.entries().get(name).mask().ifPresent(
                old -> assertEquals(now.mask().orElseThrow(), now.mask().orElseThrow().and(old), name + " has grown")));
    }

    private static Checkpoint read(Path file) {
        try {
            return Checkpoint.read(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void movingMasksHoldAtEveryEventAndInTheEnd() throws Exception {
        forAll(seed -> {
            var random = new SplittableRandom(seed);
            var model = model(seed);
            var samples = samples(model, seed);
            var method = method(random, 0.25 * (1 + random.nextInt(3)));
            var file = directory.resolve("moving" + seed);
            var trainer = trainer(model, random).checkpoint(file).listen(event -> assertMasked(model));
            method.train(model, TrainingSetup.of(trainer, samples).seed(seed));
            assertMasked(model);
            var moments = read(file).optimizer();
            // What these methods take out lives on in a copy of the model, and so do its moments.
            if (Stream.of("dns", "straight", "movement").noneMatch(method.text()::startsWith)) {
                assertMomentsMasked(model, moments);
            }
            for (var parameter : model.parameters().values()) {
                assertTrue(parameter.shape().rank() == 2 || parameter.mask().isEmpty(), "biases and norms stay dense");
            }
        });
    }

    @Test
    void nothingToRemoveIsTheSameBitsAsPlainTraining() throws Exception {
        forAll(seed -> {
            var random = new SplittableRandom(seed);
            var plain = model(seed);
            var samples = samples(plain, seed);
            var trainer = trainer(plain, random);
            trainer.fit(samples);

            var pruned = model(seed);
            pruner(random).sparsity(0).plan(pruned).apply();
            trainer.model(pruned).fit(samples);
            assertEquals(StateDict.of(plain), StateDict.of(pruned));

            var moved = model(seed);
            var method = method(random, 0);
            method.train(moved, TrainingSetup.of(trainer, samples));
            assertEquals(StateDict.of(plain), StateDict.of(moved), method.text());
        });
    }

    @Test
    void everythingRemovedLeavesTheBiases() throws Exception {
        forAll(seed -> {
            var models = new RandomModels(seed);
            var model = models.chain();
            Unstructured.perLayer(Magnitude.L1).sparsity(1).plan(model).apply();
            var first = PrunableWeight.of(model).getFirst();
            var last = PrunableWeight.of(model).getLast();
            var output = model.forward(Rng.of(seed).normal(Shape.of(5, first.weight().shape().dim(1)), 3));

            assertEquals(
                    Tensor.zeros(output.shape()).plus(last.bias().orElseThrow().value()).toString(), output.toString());
            assertEquals(0, PrunableWeight.of(model).stream().mapToInt(one -> one.weight().kept()).sum());
        });
    }

    @Test
    void anExceptionAtAnyEventLeavesTheModelAsItWas() throws Exception {
        forAll(seed -> {
            var random = new SplittableRandom(seed);
            var model = model(seed);
            var samples = samples(model, seed);
            var before = StateDict.of(model);
            var method = method(random, 0.5);
            int[] left = {random.nextInt(30)};
            var failing = trainer(model, random).listen(event -> {
                if (left[0]-- == 0) {
                    throw new ArithmeticException("at " + event.getClass().getSimpleName());
                }
            });
            assertThrows(ArithmeticException.class, () -> method.train(model, TrainingSetup.of(failing, samples)));
            assertEquals(before, StateDict.of(model), method.text());

            var pipeline = Pipeline.of(model)
                    .stage("pruned", pruner(random).sparsity(0.5))
                    .stage(Stage.training("moved", method))
                    .retrain(4, Retraining.with(trainer(model, random).listen(event -> {
                        if (event instanceof TrainingEvent.Stepped && left[0]-- < -8) {
                            throw new ArithmeticException("later");
                        }
                    }), samples));
            assertThrows(ArithmeticException.class, pipeline::run);
            assertEquals(before, StateDict.of(model), method.text());
        });
    }

    @Test
    void masksSurviveFilesCopiesQuantizationAndShrinking() throws Exception {
        forAll(seed -> {
            var model = model(seed);
            new RandomModels(seed).mask(model);
            var state = StateDict.of(model);
            try {
                var file = directory.resolve("model" + seed);
                ModelFile.of(model).write(file);
                assertEquals(state, StateDict.of(ModelFile.read(file).model()));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            assertEquals(state, StateDict.of(Layers.copy(model)));
            var rounded = QuantizedModel.of(model).dequantized();
            assertMasked(rounded);
            state.entries()
                    .forEach((name, entry) -> assertEquals(entry.mask(), StateDict.of(rounded).mask(name), name));
            var small = Shrink.of(model).model();
            assertMasked(small);
            assertTrue(removed(small) <= removed(model), "shrinking takes masked weights away, it makes none");
            assertEquals(state, StateDict.of(model));
        });
    }
}

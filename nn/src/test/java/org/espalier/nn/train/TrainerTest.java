package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Dropout;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.DivergenceException;
import org.espalier.nn.optim.GradientClipping;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.TrainingResult.Ending;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private final Dataset train = Samples.rings(300, 1);
    private final Dataset validation = Samples.rings(150, 2);

    private static Layer network() {
        var model = Sequential.of(
                Linear.of(2, 32), Activation.relu(), Dropout.of(0.05f), Linear.of(32, 16), Activation.relu(),
                Linear.of(16, 3));
        model.initialize(Init.heNormal(), 7);
        return model;
    }

    private static Trainer trainer(Layer model) {
        return Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(0.01f)).batchSize(20).epochs(3).seed(5);
    }

    @Test
    void aNetworkLearnsToTellRingsApart() {
        var model = network();
        var result = trainer(model).epochs(20).fit(train, validation);
        assertEquals(20, result.history().size());
        assertEquals(300, result.steps());
        assertEquals(Ending.COMPLETED, result.ending());
        var last = result.last().orElseThrow();
        assertTrue(last.score() > 0.95, "accuracy " + last.score());
        assertTrue(last.trainingLoss() < result.history().getFirst().trainingLoss() / 3);
        assertEquals(last.score(), Metric.accuracy().of(model, validation));
        assertEquals(last.validationLoss(), Metric.loss(Loss.crossEntropy()).of(model, validation));
    }

    @Test
    void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() {
        var states = new ArrayList<StateDict>();
        for (int threads = 1; threads <= 3; threads++) {
            var model = network();
            try (var pool = Parallelism.of(threads)) {
                trainer(model).parallelism(pool).fit(train, validation);
            }
            states.add(StateDict.of(model));
        }
        var alone = network();
        trainer(alone).fit(train);
        states.forEach(state -> assertEquals(StateDict.of(alone), state));
        var other = network();
        trainer(other).seed(6).fit(train);
        assertNotEquals(StateDict.of(alone), StateDict.of(other));
    }

    @Test
    void aTrainerIsAValueAndEveryFitStartsAfresh() {
        var model = network();
        var trainer = trainer(model).epochs(1);
        var longer = trainer.epochs(2);
        var start = StateDict.of(model);
        trainer.fit(train);
        var once = StateDict.of(model);
        start.applyTo(model);
        trainer.fit(train);
        assertEquals(once, StateDict.of(model));
        assertEquals(2, longer.fit(train).history().size());
    }

    @Test
    void aTrainerServesForOtherModels() {
        var first = network();
        var second = network();
        var trainer = trainer(first);
        trainer.model(second).fit(train);
        assertEquals(StateDict.of(network()), StateDict.of(first));
        trainer.fit(train);
        assertEquals(StateDict.of(first), StateDict.of(second));
    }

    @Test
    void theSmallLastBatchCanBeLeftOut() {
        assertEquals(14, trainer(network()).batchSize(21).dropLast().epochs(1).fit(train).steps());
        assertEquals(15, trainer(network()).batchSize(21).epochs(1).fit(train).steps());
        var tooLarge = trainer(network()).batchSize(301).dropLast();
        assertThrows(IllegalArgumentException.class, () -> tooLarge.fit(train));
    }

    @Test
    void masksHoldThroughoutTraining() {
        var model = network();
        var weight = model.parameters().get("fc2.weight");
        weight.assignMask(Mask.of(weight.shape(), i -> i % 3 == 0));
        trainer(model).fit(train);
        float[] values = weight.value().toArray();
        for (int i = 0; i < values.length; i++) {
            assertEquals(i % 3 != 0, Float.floatToRawIntBits(values[i]) == 0, "element " + i);
        }
    }

    @Test
    void theBestEpochIsKeptIfWanted() {
        var model = network();
        // The rate is so high in the end that the last epochs spoil what the first ones learned.
        var rate = LearningRate.constant(0.01f).until(120, LearningRate.constant(3));
        var result = Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(rate))
                .batchSize(20).epochs(10).keepBest().fit(train, validation);
        var best = result.best().orElseThrow();
        assertTrue(best.epoch() <= 9, "best epoch " + best.epoch());
        assertTrue(result.last().orElseThrow().score() < best.score());
        assertEquals(best.score(), Metric.accuracy().of(model, validation));
    }

    @Test
    void trainingStopsWhenTheScoreStopsImproving() {
        var model = network();
        var result = Trainer.of(model, Loss.crossEntropy(), Optimizer.sgd(0))
                .epochs(50).earlyStopping(EarlyStopping.patience(3)).fit(train, validation);
        assertEquals(Ending.STOPPED_EARLY, result.ending());
        assertEquals(4, result.history().size()); // the first is the best, three more are waited for
        assertEquals(1, result.bestEpoch());
    }

    @Test
    void aDivergingRunIsStoppedWithATypedError() {
        var model = Linear.of(Tensor.of(Shape.of(1, 3), 1, 1, 1), Tensor.vector(0));
        var trainer = Trainer.of(model, Loss.meanSquaredError(), Optimizer.sgd(1e30f)).epochs(5);
        var data = Samples.line(200, 3);
        var thrown = assertThrows(DivergenceException.class, () -> trainer.fit(data));
        assertTrue(thrown.getMessage().startsWith("step "), thrown.getMessage());
    }

    @Test
    void clippingTamesAStepThatWouldDiverge() {
        var model = Linear.of(3, 1);
        var result = Trainer.of(model, Loss.meanSquaredError(), Optimizer.sgd(0.1f))
                .clip(GradientClipping.byGlobalNorm(1)).epochs(20).fit(Samples.line(200, 3).map(x -> x.times(20f)));
        assertTrue(Float.isFinite((float) result.last().orElseThrow().trainingLoss()));
    }

    @Test
    void anInterruptEndsTrainingBetweenStepsAndIsPassedOn() {
        var seen = new ArrayList<Integer>();
        var trainer = trainer(network()).listen(event -> {
            if (event instanceof TrainingEvent.Stepped step) {
                seen.add(step.step());
                if (step.step() == 4) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        var result = trainer.fit(train);
        assertTrue(Thread.interrupted());
        assertEquals(Ending.INTERRUPTED, result.ending());
        assertEquals(List.of(0, 1, 2, 3, 4), seen);
        assertEquals(5, result.steps());
        assertTrue(result.history().isEmpty());
    }

    @Test
    void listenersHearEverythingInOrder() {
        var heard = new ArrayList<String>();
        trainer(network()).batchSize(150).epochs(2).listen(event -> heard.add(event.getClass().getSimpleName()))
                .fit(train, validation);
        var epoch = List.of("Differentiated", "Stepped", "Differentiated", "Stepped", "EpochEnded");
        var expected = new ArrayList<String>();
        expected.add("Started");
        expected.addAll(epoch);
        expected.addAll(epoch);
        expected.add("Ended");
        assertEquals(expected, heard);
    }

    @Test
    void aListenerSeesTheGradientsOfTheValuesTheyBelongTo() {
        var model = network();
        var weight = model.parameters().get("fc1.weight");
        var reached = new ArrayList<Boolean>();
        trainer(model).epochs(1)
                .listen(event -> {
                    if (event instanceof TrainingEvent.Differentiated now) {
                        reached.add(now.gradients().contains(weight.value()));
                    }
                })
                .fit(train);
        assertEquals(15, reached.size());
        assertFalse(reached.contains(false));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        var trainer = trainer(network());
        var nothing = train.subset();
        assertThrows(IllegalArgumentException.class, () -> trainer.fit(nothing));
        assertThrows(IllegalArgumentException.class, () -> trainer.keepBest().fit(train));
        assertThrows(IllegalArgumentException.class, () -> trainer.earlyStopping(EarlyStopping.patience(1)).fit(train));
        assertThrows(IllegalArgumentException.class, () -> trainer.batchSize(0));
        assertThrows(IllegalArgumentException.class, () -> trainer.epochs(0));
        var objective = Trainer.of(network(), Objective.of(Loss.crossEntropy()), Optimizer.adam(1));
        assertThrows(IllegalArgumentException.class, () -> objective.fit(train, validation));
    }

    @Test
    void anObjectiveIsScoredByTheMetricGiven() {
        var model = network();
        var result = Trainer.of(model, Objective.of(Loss.crossEntropy()), Optimizer.adam(0.01f))
                .metric(Metric.accuracy()).epochs(1).fit(train, validation);
        var last = result.last().orElseThrow();
        assertTrue(Double.isNaN(last.validationLoss()));
        assertEquals(Metric.accuracy().of(model, validation), last.score());
    }

    @Test
    void theScoreOfARegressionIsItsLoss() {
        var data = Samples.line(100, 1);
        var result = Trainer.of(Linear.of(3, 1), Loss.meanSquaredError(), Optimizer.adam(0.1f))
                .fit(data, data);
        for (var record : result.history()) {
            assertEquals(record.validationLoss(), record.score());
        }
        double lowest = result.history().stream().mapToDouble(EpochRecord::score).min().orElseThrow();
        assertEquals(lowest, result.best().orElseThrow().score());
        assertArrayEquals(new int[] {10, 40}, new int[] {result.history().size(), result.steps()});
    }

    @Test
    void severalLabelsAreScoredLabelByLabel() {
        var x = Rng.of(1).normal(Shape.of(200, 2), 1);
        var both = Dataset.of(x, x.greater(0));
        var model = Sequential.of(Linear.of(2, 2));
        var result = Trainer.of(model, Loss.binaryCrossEntropy(), Optimizer.adam(0.1f)).epochs(5).fit(both, both);
        double right = 0;
        float[] outputs = model.forward(x).toArray();
        for (int i = 0; i < outputs.length; i++) {
            right += outputs[i] > 0 == x.toArray()[i] > 0 ? 1 : 0;
        }
        assertTrue(right / outputs.length > 0.9, "labels are easy to learn: " + right);
        assertEquals(right / outputs.length, result.last().orElseThrow().score());
    }

    @Test
    void aSingleYesOrNoIsScoredByItsSign() {
        var x = Rng.of(1).normal(Shape.of(200, 1), 1);
        var data = Dataset.of(x, x.greater(0));
        var model = Sequential.of(Linear.of(1, 1));
        var result = Trainer.of(model, Loss.binaryCrossEntropy(), Optimizer.adam(0.1f)).epochs(5).fit(data, data);
        assertTrue(result.last().orElseThrow().score() > 0.9, result.toString());
        assertEquals(Metric.accuracy().of(model, data), result.last().orElseThrow().score());
    }

    @Test
    void missingDataAreReportedAsData() {
        var inputs = Tensor.of(Shape.of(4, 3), 1, 2, 3, 4, 5, 6, 7, 8, Float.NaN, 10, 11, 12);
        var model = Sequential.of(Linear.of(3, 1));
        var trainer = Trainer.of(model, Loss.meanSquaredError(), Optimizer.sgd(1e-4f)).batchSize(1).seed(3);
        var missing = Dataset.of(inputs, Tensor.zeros(Shape.of(4, 1)));
        var e = assertThrows(IllegalArgumentException.class, () -> trainer.fit(missing));
        assertTrue(e.getMessage().contains("sample 2 ") && e.getMessage().contains("NaN as feature 2"), e.getMessage());
        var targets = Tensor.of(Shape.of(3, 1), 0, Float.POSITIVE_INFINITY, 0);
        var unknown = Dataset.of(Tensor.zeros(Shape.of(3, 3)), targets);
        var target = assertThrows(IllegalArgumentException.class, () -> trainer.fit(unknown));
        assertTrue(
                target.getMessage().contains("sample 1 ") && target.getMessage().contains("Infinity as the target"),
                target.getMessage());
    }

    @Test
    void aModelMayReplaceMissingData() {
        var inputs = Tensor.of(Shape.of(4, 1), 1, 2, Float.NaN, 4);
        Layer imputing = (x, mode) -> Tensor.where(x.isNaN(), Tensor.scalar(0), x);
        var model = Sequential.of(imputing, Linear.of(1, 1));
        var data = Dataset.of(inputs, Tensor.of(Shape.of(4, 1), 2, 4, 0, 8));
        Trainer.of(model, Loss.meanSquaredError(), Optimizer.adam(0.1f)).epochs(3).fit(data);
        var diverging = Trainer.of(model, Loss.meanSquaredError(), Optimizer.sgd(1e30f)).epochs(9);
        assertThrows(DivergenceException.class, () -> diverging.fit(data), "the data are not to blame");
    }

    @Test
    void aScoreThatIsUndefinedChoosesNothing() {
        var x = Rng.of(1).normal(Shape.of(20, 1), 1);
        var oneClass = Dataset.of(x, Tensor.ones(Shape.of(20, 1)));
        var trainer = Trainer.of(Sequential.of(Linear.of(1, 1)), Loss.binaryCrossEntropy(), Optimizer.adam(0.1f))
                .metric(Metric.rocAuc());
        assertTrue(Double.isNaN(trainer.epochs(2).fit(oneClass, oneClass).last().orElseThrow().score()));
        for (var choosing : List.of(
                trainer.keepBest(),
                trainer.earlyStopping(EarlyStopping.patience(2)),
                trainer.reduceOnPlateau(ReduceOnPlateau.of(0.5f, 1)))) {
            var e = assertThrows(IllegalArgumentException.class, () -> choosing.fit(oneClass, oneClass));
            assertTrue(e.getMessage().contains("ROC-AUC, is NaN after epoch 1"), e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> choosing.fit(oneClass));
            assertThrows(IllegalArgumentException.class, () -> choosing.fit(oneClass, oneClass.subset()));
        }
    }

    @Test
    void aSingleSampleJoinsTheBatchBeforeItWhereNormalizationNeedsTwo() {
        var model = Sequential.of(Linear.of(2, 4), BatchNorm1d.of(4), Activation.relu(), Linear.of(4, 3));
        var batches = new ArrayList<Integer>();
        Objective counting = (layer, batch, mode) -> {
            batches.add(batch.size());
            return Loss.crossEntropy().value(layer.forward(batch.inputs(), mode), batch.targets());
        };
        Trainer.of(model, counting, Optimizer.adam(0.01f)).batchSize(4).epochs(1).fit(Samples.rings(9, 1));
        assertEquals(List.of(4, 5), batches);
        batches.clear();
        Trainer.of(network(), counting, Optimizer.adam(0.01f)).batchSize(4).epochs(1).fit(Samples.rings(9, 1));
        assertEquals(List.of(4, 4, 1), batches);
    }

    @Test
    void accumulatedBatchesMakeTheStepOfALargeOne() {
        Layer large = Sequential.of(Linear.of(2, 8), Activation.tanh(), Linear.of(8, 3));
        large.initialize(Init.heNormal(), 7);
        var small = Sequential.of(Linear.of(2, 8), Activation.tanh(), Linear.of(8, 3));
        small.initialize(Init.heNormal(), 7);
        var data = Samples.rings(50, 1);
        var steps = trainer(large).batchSize(12).epochs(2).fit(data).steps();
        var result = trainer(small).batchSize(4).accumulate(3).epochs(2).fit(data);
        assertEquals(10, steps);
        assertEquals(10, result.steps());
        large.parameters().forEach((name, parameter) -> assertArrayEquals(
                parameter.value().toArray(), small.parameters().get(name).value().toArray(), 1e-5f, name));
    }

    @Test
    void theLearningRateFallsOnAPlateau() {
        var model = network();
        // Accuracy does not improve at a rate this small, so every second epoch after the first reduces it.
        var result = Trainer.of(model, Loss.crossEntropy(), Optimizer.sgd(1e-12f))
                .epochs(6).reduceOnPlateau(ReduceOnPlateau.of(0.5f, 2)).fit(train, validation);
        var rates = result.history().stream().map(EpochRecord::learningRate).toList();
        assertEquals(List.of(1e-12f, 1e-12f, 1e-12f, 5e-13f, 5e-13f, 2.5e-13f), rates);
    }

    @Test
    void weightsOfSamplesCountInTheLoss() {
        var x = Tensor.of(Shape.of(2, 1), 1, 1);
        var data = Dataset.of(x, Tensor.of(Shape.of(2, 1), 0, 4)).weighted(1, 3);
        var model = Sequential.of(Linear.of(1, 1));
        Trainer.of(model, Loss.meanSquaredError(), Optimizer.sgd(0.1f)).epochs(100).fit(data);
        // The weighted mean of 0 and 4 has the smallest squared error.
        assertEquals(3, model.forward(Tensor.of(Shape.of(1, 1), 1)).item(), 1e-3);
    }
}

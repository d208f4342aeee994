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
}

package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MovementPruningTest {
    /**
     * y = 6·x0 + 5·x1 from w = (1, 2), rate 0.1, one weight kept after the first step. The gradients are w0 − 6 and
     * w1 − 5, where a weight that is out counts as 0.
     *
     * <p>Step 1: g = (−5, −3), scores (0.5, 0.6), w = (1.5, 2.3): w0 is out. Step 2: g = (−6, −2.7), scores (0.5 + 0.9,
     * 0.6 + 0.621), w1 = 2.57: w0 is in again, at 1.5, and w1 is out. Step 3: g = (−4.5, −5), scores (1.4 + 0.675,
     * 1.221 + 1.285), w0 = 1.95: w1 is in again, at 2.57.
     */
    private static Linear after(int steps) {
        var layer = Linear.of(Tensor.matrix(new float[] {1, 2}), Tensor.vector(0));
        layer.bias().orElseThrow().assignMask(Mask.of(Shape.of(1), i -> false));
        var samples = Dataset.of(
                Tensor.matrix(new float[] {1, 0}, new float[] {0, 1}), Tensor.matrix(new float[] {6}, new float[] {5}));
        var trainer = Trainer.of(layer, Loss.meanSquaredError(), Optimizer.sgd(0.1f)).batchSize(2);
        new MovementPruning(0.5, 0, 0).train(layer, TrainingSetup.of(trainer.epochs(steps), samples));
        return layer;
    }

    @Test
    void aWeightThatIsOutStandsStillAndComesBackWhenItsScoreRises() {
        assertArrayEquals(new float[] {0, 2.3f}, after(1).weight().value().toArray(), 1e-6f);
        assertArrayEquals(new float[] {1.5f, 0}, after(2).weight().value().toArray(), 1e-6f);
        assertArrayEquals(new float[] {0, 2.57f}, after(3).weight().value().toArray(), 1e-6f);
    }

    @Test
    void largeWeightsGoIfTrainingShrinksThem() {
        // y = 4·x0 + 2·x1 from (5, 1): w0 moves to zero, w1 away from it.
        var layer = Linear.of(Tensor.matrix(new float[] {5, 1}), Tensor.vector(0));
        layer.bias().orElseThrow().assignMask(Mask.of(Shape.of(1), i -> false));
        var samples = Dataset.of(
                Tensor.matrix(new float[] {1, 0}, new float[] {0, 1}), Tensor.matrix(new float[] {4}, new float[] {2}));
        var trainer = Trainer.of(layer, Loss.meanSquaredError(), Optimizer.sgd(0.1f)).batchSize(2);
        new MovementPruning(0.5, 0, 0).train(layer, TrainingSetup.of(trainer.epochs(1), samples));

        assertTrue(layer.weight().mask().orElseThrow().keeps(1));
        assertEquals(1, layer.weight().kept());
    }

    @Test
    void countsAreExactInEveryLayerWhenTheScheduleEnds() {
        var model = Runs.model(3);
        MovementPruning.sparsity(0.75).train(model, Runs.training());

        assertEquals(20 + 15 + 3, Runs.kept(model));
        assertEquals(20, model.parameters().get("fc1.weight").kept());
    }

    @Test
    void aTrainingThatGoesBackToBeforeTheLastMaskIsAnError() {
        var model = Runs.model(3);
        var before = StateDict.of(model);
        var best = TrainingSetup.of(Runs.trainer().metric(Metric.meanSquaredError()).keepBest(), Runs.samples(64, 1));

        assertThrows(
                IllegalStateException.class,
                () -> MovementPruning.sparsity(0.99).train(model, best.validate(Runs.samples(32, 9))));
        assertEquals(before, StateDict.of(model));
    }

    @Test
    void layersThatShareAWeightAddUpTheirScores() {
        // Two layers in a row, y = w·w·x: both uses pull at the weight, and one mask is theirs.
        var weight = Parameter.of("weight", Tensor.of(Shape.of(2, 2), 1, 0.1f, 0.1f, 1));
        var model = Sequential.of(
                Linear.sharing(weight, Parameter.of("bias", Tensor.zeros(Shape.of(2)))),
                Linear.sharing(weight, Parameter.of("bias", Tensor.zeros(Shape.of(2)))));
        var inputs = Tensor.matrix(new float[] {1, 0}, new float[] {0, 1});
        var trainer = Trainer.of(model, Loss.meanSquaredError(), Optimizer.sgd(0.1f)).batchSize(2);
        new MovementPruning(0.5, 0, 0).train(
                model, TrainingSetup.of(trainer.epochs(3), Dataset.of(inputs, inputs.times(4))));

        assertEquals(Mask.of(Shape.of(2, 2), i -> i == 0 || i == 3), weight.mask().orElseThrow());
    }

    @Test
    void numbersOutsideTheirRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> MovementPruning.sparsity(1.5));
        assertThrows(IllegalArgumentException.class, () -> new MovementPruning(0.5, 0.8, 0.2));
    }
}

package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SeparatingRegularizationTest {
    private static TrainingSetup steps(Linear layer, int steps, Dataset samples) {
        layer.bias().orElseThrow().assignMask(Mask.of(Shape.of(1), i -> false));
        var trainer = Trainer.of(layer, Loss.meanSquaredError(), Optimizer.sgd(0.1f));
        return TrainingSetup.of(trainer.batchSize(samples.size()).epochs(steps), samples);
    }

    @Test
    void allArePushedThenSomeAreChosenAndPushedFurtherAndTheRestRecovers() {
        // Inputs are zero: only the penalty moves weights, by the factors 1 − 0.1·λ. All: λ = 1, 2. Then those that go:
        // λ = 3, 4; those that stay: −1, −1. Removed after step 4.
        var layer = Linear.of(Tensor.matrix(new float[] {3, -1, 2, 0.5f}), Tensor.vector(0));
        var samples = Dataset.of(Tensor.zeros(Shape.of(1, 4)), Tensor.zeros(Shape.of(1, 1)));
        var method = new SeparatingRegularization(0.5, Allocation.perLayer(), 1, 1, 1, 9, -1, 0.25, 0.5);
        method.train(layer, steps(layer, 8, samples));

        float stays = 0.9f * 0.8f * 1.1f * 1.1f;
        assertArrayEquals(new float[] {3 * stays, 0, 2 * stays, 0}, layer.weight().value().toArray(), 1e-6f);
    }

    @Test
    void lambdaGrowsOnFromTheChoiceUpToTheCeiling() {
        var method = new SeparatingRegularization(0.5, Allocation.perLayer(), 0.25, 0.5, 2, 1.2, 0, 0.25, 0.5);
        var lambdas = new ArrayList<Double>();
        for (int step = 0; step < 3; step++) {
            lambdas.add(method.separating(step));
        }
        for (int step = 3; step < 7; step++) {
            lambdas.add(method.removing(step, 3));
        }

        assertEquals(java.util.List.of(0.25, 0.25, 0.5, 1.0, 1.0, 1.2, 1.2), lambdas);
    }

    @Test
    void theFlatWeightGoesThoughItIsLarger() {
        // y = x0 + 1.1·x1 exactly, but x0 is ten times as wide: the penalty moves w1 and hardly w0.
        float[] size = {1, 1.1f};
        var samples = Dataset.of(
                Tensor.matrix(new float[] {2, 0}, new float[] {0, 0.2f}),
                Tensor.matrix(new float[] {2}, new float[] {0.22f}));
        var byCurvature = Linear.of(Tensor.matrix(size), Tensor.vector(0));
        new SeparatingRegularization(0.5, Allocation.perLayer(), 0.05, 0.05, 1, 1, 0, 0.5, 0.75)
                .train(byCurvature, steps(byCurvature, 16, samples));
        var bySize = Linear.of(Tensor.matrix(size), Tensor.vector(0));
        new GrowingRegularization(0.5, Allocation.perLayer(), 0.05, 1, 1, 0.75).train(bySize,
                steps(bySize, 16, samples));

        assertEquals(Mask.of(Shape.of(1, 2), i -> i == 0), byCurvature.weight().mask().orElseThrow());
        assertEquals(Mask.of(Shape.of(1, 2), i -> i == 1), bySize.weight().mask().orElseThrow());
    }

    @Test
    void aTrainingThatGoesBackToBeforeTheRemovalIsAnError() {
        var model = Runs.model(3);
        var before = StateDict.of(model);
        var best = TrainingSetup.of(Runs.trainer().metric(Metric.meanSquaredError()).keepBest(), Runs.samples(64, 1));

        assertThrows(
                IllegalStateException.class,
                () -> SeparatingRegularization.sparsity(0.99).train(model, best.validate(Runs.samples(32, 9))));
        assertEquals(before, StateDict.of(model));
    }

    @Test
    void numbersOutsideTheirRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SeparatingRegularization.sparsity(-0.5));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SeparatingRegularization(0.5, Allocation.perLayer(), 1, 1, 1, 1, 0.1, 0.2, 0.5));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SeparatingRegularization(0.5, Allocation.perLayer(), 1, 1, 1, 1, 0, 0.6, 0.5));
    }
}

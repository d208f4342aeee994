package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.espalier.nn.Linear;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class GrowingRegularizationTest {
    @Test
    void lambdaGrowsEveryFewStepsUpToTheCeiling() {
        var method = new GrowingRegularization(0.5, Allocation.perLayer(), 0.25, 2, 0.6, 1);

        assertArrayEquals(new double[] {0.25, 0.25, 0.5, 0.5, 0.6, 0.6}, new double[] {
            method.lambda(0), method.lambda(1), method.lambda(2), method.lambda(3), method.lambda(4), method.lambda(99)
        }, 1e-12);
    }

    @Test
    void onlyTheLeastWeightsArePushedAndThenRemoved() {
        // Inputs are zero: only the penalty moves weights. λ is 1, 2, 3 and the rate 0.1: −1 becomes −0.9·0.8·0.7.
        var layer = Linear.of(Tensor.matrix(new float[] {3, -1, 2, 0.5f}), Tensor.vector(0));
        var samples = Dataset.of(Tensor.zeros(Shape.of(1, 4)), Tensor.zeros(Shape.of(1, 1)));
        var seen = new ArrayList<float[]>();
        var trainer = Trainer.of(layer, Loss.meanSquaredError(), Optimizer.sgd(0.1f)).epochs(6);
        var method = new GrowingRegularization(0.5, Allocation.perLayer(), 1, 1, 9, 0.5);
        method.train(layer, TrainingSetup.of(trainer.listen(event -> {
            if (event instanceof TrainingEvent.Stepped) {
                seen.add(layer.weight().value().toArray());
            }
        }), samples));

        assertArrayEquals(new float[] {3, -0.9f, 2, 0.45f}, seen.get(0), 1e-6f);
        assertArrayEquals(new float[] {3, -0.504f, 2, 0.252f}, seen.get(2), 1e-6f);
        assertArrayEquals(new float[] {3, 0, 2, 0}, seen.get(3));
        assertArrayEquals(new float[] {3, 0, 2, 0}, layer.weight().value().toArray());
    }

    @Test
    void whatStaysTakesNoPartInThePenaltyHoweverLarge() {
        // 1e30² is infinite in single precision; only ½·λ·3² and its gradient λ·3 count.
        var weight = Tensor.of(Shape.of(1, 3), 1e30f, 3, -1e30f).withGrad();
        var penalty = GrowingRegularization.penalty(weight, new boolean[] {true, false, true}, 0.5, 0);

        assertEquals(0.25f * 9, penalty.item());
        assertArrayEquals(new float[] {0, 1.5f, 0}, penalty.backward().of(weight).toArray());
    }

    @Test
    void whatIsRemovedIsSmallerThanWithoutThePenalty() {
        var plain = atRemoval(0);
        var pushed = atRemoval(0.5);

        assertTrue(pushed < plain / 2, pushed + " of " + plain);
    }

    /** The sum of |w| that removal takes away. */
    private static double atRemoval(double delta) {
        var model = Runs.model(2);
        var sums = new ArrayList<Double>();
        var trainer = Runs.trainer().epochs(40).listen(event -> {
            // Listens before the method does: at step 79 nothing is removed yet.
            if (event instanceof TrainingEvent.Stepped stepped && stepped.step() >= 79 && stepped.step() <= 80) {
                double sum = 0;
                for (float w : model.parameters().get("fc1.weight").value().toArray()) {
                    sum += Math.abs(w);
                }
                sums.add(sum);
            }
        });
        new GrowingRegularization(0.5, Allocation.perLayer(), delta, 4, 9, 0.5)
                .train(model, TrainingSetup.of(trainer, Runs.samples(64, 1)));
        return sums.get(0) - sums.get(1);
    }

    @Test
    void numbersOutsideTheirRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> GrowingRegularization.sparsity(2));
        assertThrows(
                IllegalArgumentException.class,
                () -> new GrowingRegularization(0.5, Allocation.perLayer(), -1, 1, 1, 0.5));
        assertEquals(0.5, GrowingRegularization.sparsity(0.5).until());
    }
}

package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.prune.training.Lasso.Group;
import org.espalier.tensor.GradCheck;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LassoTest {
    private static Linear layer() {
        return Linear.of(Tensor.matrix(new float[] {3, -4}, new float[] {0, 0}), Tensor.vector(9, 9));
    }

    @Test
    void thePenaltyIsWorkedByHand() {
        var model = Sequential.of(layer());

        assertEquals(0.5f * 7, new Lasso(Group.WEIGHT, 0.5f).apply(model).item());
        assertEquals(0.5 * Math.sqrt(2) * 5, new Lasso(Group.NEURON, 0.5f).apply(model).item(), 1e-6);
        assertEquals(0.5 * Math.sqrt(2) * 7, new Lasso(Group.INPUT, 0.5f).apply(model).item(), 1e-6);
    }

    @Test
    void theSubgradientIsZeroWhereTheNormIs() {
        var layer = layer();
        var gradient = new Lasso(Group.NEURON, 1).apply(layer).backward().of(layer.weight().value());
        float root = (float) Math.sqrt(2);

        assertArrayEquals(new float[] {0.6f * root, -0.8f * root, 0, 0}, gradient.toArray(), 1e-6f);
        var signs = new Lasso(Group.WEIGHT, 1).apply(layer).backward().of(layer.weight().value());
        assertArrayEquals(new float[] {1, -1, 0, 0}, signs.toArray());
    }

    @Test
    void theGradientOfRowNormsIsThatOfTheirValues() {
        var worst = GradCheck.check(inputs -> RowNorms.of(inputs[0]).sum(), Rng.of(1).normal(Shape.of(3, 4), 1));

        assertTrue(worst.error() < 5e-3, worst::toString);
    }

    @Test
    void theProximalStepShrinksAndZeroes() {
        float[] elements = {3, 10, -4};
        // The pair (3, −4) of norm 5, shrunk by √2·√2 = 2 to 3/5 of it.
        Lasso.shrink(elements, 0, 2, 2, Math.sqrt(2));
        assertArrayEquals(new float[] {1.8f, 10, -2.4f}, elements, 1e-6f);
        Lasso.shrink(elements, 0, 2, 2, 3);
        assertEquals(0, Float.floatToRawIntBits(elements[0]));
        assertEquals(0, Float.floatToRawIntBits(elements[2]));
    }

    @Test
    void theRateOfTheStepScalesIt() {
        var layer = layer();
        var listener = new Lasso(Group.WEIGHT, 2).proximal(layer, LearningRate.stepwise(1, 1, 0.5f));
        listener.on(new TrainingEvent.Stepped(1, 2, 1, 0));

        assertArrayEquals(new float[] {2, -3, 0, 0}, layer.weight().value().toArray());
        assertArrayEquals(new float[] {9, 9}, layer.bias().orElseThrow().value().toArray());
    }

    @Test
    void theLassoFindsTheSolutionOfOrthogonalRegression() {
        // Inputs ±1 in all combinations are orthogonal: the solution of mean (x·w − y)² + λ·Σ|w| is soft thresholding
        // of the least squares solution (1, 0.2, −0.5) by λ / 2, with λ = 0.5.
        var inputs = new float[24];
        var targets = new float[8];
        for (int i = 0; i < 8; i++) {
            for (int k = 0; k < 3; k++) {
                inputs[3 * i + k] = (i >> k & 1) == 0 ? 1 : -1;
            }
            targets[i] = inputs[3 * i] + 0.2f * inputs[3 * i + 1] - 0.5f * inputs[3 * i + 2];
        }
        var samples = Dataset.of(Tensor.of(Shape.of(8, 3), inputs), Tensor.of(Shape.of(8, 1), targets));
        var model = Sequential.of(Linear.of(3, 1));
        var rate = LearningRate.constant(0.1f);
        Trainer.of(model, Loss.meanSquaredError(), Optimizer.sgd(rate))
                .batchSize(8)
                .epochs(100)
                .listen(new Lasso(Group.WEIGHT, 0.5f).proximal(model, rate))
                .fit(samples);

        assertArrayEquals(
                new float[] {0.75f, 0, -0.25f}, model.parameters().get("fc1.weight").value().toArray(), 1e-5f);
    }

    @Test
    void masksStayUnderThePenaltyAndTheStep() {
        var model = Runs.model(1);
        model.parameters().get("fc1.weight").assignMask(Mask.of(Shape.of(10, 8), i -> i % 2 == 0));
        for (var group : Group.values()) {
            var lasso = new Lasso(group, 0.01f);
            Runs.trainer().model(model).penalty(lasso).fit(Runs.samples(64, 1));
            Runs.trainer().model(model).listen(lasso.proximal(model, LearningRate.constant(0.01f)))
                    .fit(Runs.samples(64, 1));
            float[] weights = model.parameters().get("fc1.weight").value().toArray();
            for (int i = 1; i < 80; i += 2) {
                assertEquals(0, Float.floatToRawIntBits(weights[i]));
            }
        }
        assertEquals(40, model.parameters().get("fc1.weight").kept());
    }

    @Test
    void lambdaIsNotNegative() {
        assertThrows(IllegalArgumentException.class, () -> new Lasso(Group.WEIGHT, -1));
        assertThrows(IllegalArgumentException.class, () -> new Lasso(Group.WEIGHT, Float.NaN));
    }
}

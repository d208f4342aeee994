package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OptimalBrainDamageTest {
    @Test
    void halfTheCurvatureTimesTheSquareOfTheWeight() {
        // The second derivative by the middle column is 2·3² = 18, by the others 0.
        var layer = Cases.layer(1, 2, 3, -1, -3, 0, 2, 0.5f, 1);
        var criterion = new OptimalBrainDamage(Curvature.HUTCHINSON);
        var data = Cases.squares(0, 3, 0);

        assertArrayEquals(
                new double[] {0, 36, 0, 0, 81, 0, 0, 2.25, 0}, Cases.weights(criterion, layer, data), 1e-4);
        assertArrayEquals(new double[] {36, 81, 2.25}, Cases.neurons(criterion, layer, data), 1e-4);
    }

    @Test
    void itIsTheChangeOfTheLossAtTheMinimumOfAQuadratic() {
        // Loss (w·x − 6)² with x = (0, 3, 0) and w = (·, 2, ·) is 0; without the weight it is 36.
        var data = Calibration.of(
                org.espalier.tensor.Tensor.matrix(new float[] {0, 3, 0}),
                org.espalier.tensor.Tensor.matrix(new float[] {6, 0, 0}),
                (output, target) -> output.minus(target).square().sum());
        double[] scores = Cases.weights(
                new OptimalBrainDamage(Curvature.HUTCHINSON), Cases.layer(0, 2, 0, 0, 0, 0, 0, 0, 0), data);

        assertArrayEquals(new double[] {0, 36, 0, 0, 0, 0, 0, 0, 0}, scores, 1e-4);
    }

    @Test
    void atTheMinimumOfEachLossItIsHalfTheSecondDerivativeTimesTheSquareOfTheWeight() {
        // w = 2, x = 1, target 2: the difference is 0; the second derivative of d² is 2, of Huber's d²/2 1: ½·h·2².
        for (var loss : Map.of(Loss.meanSquaredError(), 4.0, Loss.huber(1), 2.0).entrySet()) {
            var model = Sequential.of(Linear.of(Tensor.matrix(new float[] {2}), Tensor.vector(0)));
            var data = Calibration.of(
                    Tensor.matrix(new float[] {1}), Tensor.matrix(new float[] {2}), loss.getKey());
            for (Criterion criterion : List.of(new OptimalBrainDamage(Curvature.HUTCHINSON), new HessianTrace())) {
                var scores = criterion.score(ScoringContext.of(model, data)).get("fc1.weight");
                var units = SparsityPattern.weights().units(Shape.of(1, 1), Optional.empty());
                assertArrayEquals(new double[] {loss.getValue()}, scores.of(units), 1e-6, criterion.text());
            }
        }
    }

    @Test
    void atLogitsTheSecondDerivativeIsThatOfTheLogLikelihood() {
        // one logit 2·1: softplus'' = σ(2)·(1 − σ(2)) = 0.1049936, whatever the target; ½·h·2² = 0.2099872
        for (float target : new float[] {0, 1}) {
            var model = Sequential.of(Linear.of(Tensor.matrix(new float[] {2}), Tensor.vector(0)));
            var data = Calibration.of(
                    Tensor.matrix(new float[] {1}), Tensor.matrix(new float[] {target}), Loss.binaryCrossEntropy());
            var scores = new OptimalBrainDamage(Curvature.HUTCHINSON)
                    .score(ScoringContext.of(model, data)).get("fc1.weight");
            var units = SparsityPattern.weights().units(Shape.of(1, 1), Optional.empty());
            assertArrayEquals(new double[] {0.2099872}, scores.of(units), 1e-6);
        }
    }

    @Test
    void maskedWeightsAreNoDirectionsOfTheEstimate() {
        // Loss (w·x)², x = (1, 2, 0): the second derivative by weight 0 is 2, mixed with weight 1 it is 4. With weight
        // 1 masked, a probe's sign cancels and nothing is left to chance: ½·2·3².
        var layer = Cases.layer(3, 5, 0, 0, 0, 0, 0, 0, 0);
        Cases.mask(layer, 1, 4, 7);
        double[] scores = Cases.weights(
                new OptimalBrainDamage(Curvature.HUTCHINSON), layer, Cases.squares(1, 2, 0));

        assertEquals(9, scores[0]);
    }

    @Test
    void theFisherVariantTakesSquaredGradients() {
        // Squared gradients by column: (1 + 1) / 2, 4 / 2, 16 / 2.
        var data = Cases.examples(new float[] {1, 2, 0}, new float[] {-1, 0, 4});

        assertArrayEquals(
                new double[] {0.5, 4, 36, 0.5, 4, 0, 2, 1, 4},
                Cases.weights(
                        new OptimalBrainDamage(Curvature.FISHER), Cases.layer(1, 2, 3, -1, 2, 0, 2, -1, 1), data),
                1e-12);
    }
}

package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MaskedTrainingTest {
    @Test
    void theForwardPassIsMaskedAndTheGradientIsNot() {
        // Half of (2, 1) is kept: 2. One step of rate 0.25 on (2·x0 + 0·x1 − y)² at x = (1, 1), y = 6: the gradient is
        // −8 for both, so they become 4 and 3; after the next, of −4, they would be 5 and 4.
        var layer = Linear.of(Tensor.matrix(new float[] {2, 1}), Tensor.vector(0));
        layer.bias().orElseThrow().assignMask(Mask.of(Shape.of(1), i -> false));
        var samples = Dataset.of(Tensor.matrix(new float[] {1, 1}), Tensor.matrix(new float[] {6}));
        var trainer = Trainer.of(layer, Loss.meanSquaredError(), Optimizer.sgd(0.25f)).batchSize(1);
        MaskedTraining.sparsity(0.5).train(layer, TrainingSetup.of(trainer.epochs(1), samples));

        assertArrayEquals(new float[] {4, 0}, layer.weight().value().toArray());
    }

    @Test
    void whatWasOutComesBackWithWhatItHasLearned() {
        // Only x1 matters: w1 learns while w0 computes, overtakes it and takes its place.
        var layer = Linear.of(Tensor.matrix(new float[] {0.5f, 0.4f}), Tensor.vector(0));
        layer.bias().orElseThrow().assignMask(Mask.of(Shape.of(1), i -> false));
        var samples = Dataset.of(Tensor.matrix(new float[] {0, 1}), Tensor.matrix(new float[] {1}));
        var trainer = Trainer.of(layer, Loss.meanSquaredError(), Optimizer.sgd(0.1f)).batchSize(1);
        MaskedTraining.sparsity(0.5).train(layer, TrainingSetup.of(trainer.epochs(1), samples));

        assertArrayEquals(new float[] {0, 0.4f + 0.2f}, layer.weight().value().toArray());
    }

    @Test
    void countsAreExactInEveryLayer() {
        var model = Runs.model(3);
        MaskedTraining.sparsity(0.75).train(model, Runs.training());

        assertEquals(20 + 15 + 3, Runs.kept(model));
        assertEquals(20, model.parameters().get("fc1.weight").kept());
    }

    @Test
    void numbersOutsideTheirRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> MaskedTraining.sparsity(-1));
        assertThrows(IllegalArgumentException.class, () -> new MaskedTraining(0.5, 0));
    }
}

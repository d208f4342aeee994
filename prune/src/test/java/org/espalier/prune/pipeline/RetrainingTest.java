package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Problems;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.training.EarlyWeights;
import org.junit.jupiter.api.Test;

class RetrainingTest {
    @Test
    void trainingLowersTheLossAndHoldsTheMask() {
        var model = Problems.network(7);
        Unstructured.perLayer(Magnitude.L1).sparsity(0.5).plan(model).apply();
        double before = Problems.loss().of(model);
        train(model, 7);

        assertTrue(Problems.loss().of(model) < before);
        var fc1 = model.parameters().get("fc1.weight");
        int zeros = 0;
        for (int i = 0; i < fc1.size(); i++) {
            zeros += Float.floatToRawIntBits(fc1.value().toArray()[i]) == 0 ? 1 : 0;
        }
        assertEquals(25, zeros);
    }

    @Test
    void theSeedDecidesTheOrderOfTheSamples() {
        assertEquals(Problems.bits(train(Problems.network(7), 7)), Problems.bits(train(Problems.network(7), 7)));
        assertNotEquals(Problems.bits(train(Problems.network(7), 7)), Problems.bits(train(Problems.network(7), 8)));
    }

    @Test
    void everyRoundCanBeginWithEarlyWeights() {
        var early = EarlyWeights.of(Problems.network(7));
        var model = train(Problems.network(7), 1);
        var round = new Retraining.Round("stage", 1, 1, 5, 2);
        Problems.retraining().from(early).retrain(model, round);
        var fresh = Problems.network(7);
        Problems.retraining().retrain(fresh, round);

        assertEquals(Problems.bits(fresh), Problems.bits(model));
    }

    @Test
    void aTrainerThatNeedsValidationIsRefusedBeforeAnythingIsTrained() {
        var trainer = Trainer.of(Problems.network(7), Loss.meanSquaredError(), Optimizer.sgd(0.1f)).keepBest();

        var e = assertThrows(
                IllegalArgumentException.class, () -> Retraining.with(trainer, Problems.samples(16, 1)));
        assertTrue(e.getMessage().contains("Retraining.with(trainer, samples, validation)"), e.getMessage());
    }

    @Test
    void withValidationTheBestEpochIsKept() {
        var validation = Problems.samples(16, 2);
        // A rate at which the loss goes up and down, so that the last epoch is not the best of all.
        var trainer = Trainer.of(Problems.network(7), Loss.meanSquaredError(), Optimizer.sgd(0.3f)).batchSize(4);
        var model = Problems.network(7);
        Retraining.with(trainer, Problems.samples(16, 1), validation)
                .retrain(model, new Retraining.Round("stage", 1, 1, 6, 3));
        var same = Problems.network(7);
        var result = trainer.model(same).epochs(6).seed(3).keepBest().fit(Problems.samples(16, 1), validation);

        assertEquals(6, result.history().size());
        assertEquals(Problems.bits(same), Problems.bits(model));
    }

    private static Sequential train(Sequential model, long seed) {
        Problems.retraining().retrain(model, new Retraining.Round("stage", 1, 1, 20, seed));
        return model;
    }
}

package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Sequential;
import org.espalier.prune.Problems;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.training.EarlyWeights;
import org.junit.jupiter.api.Test;

class RetrainingTest {
    @Test
    void trainingLowersTheLossAndHoldsTheMask() {
        var model = Problems.network(7);
        Unstructured.perLayer(Magnitude.l1()).sparsity(0.5).plan(model).apply();
        double before = Problems.loss().of().applyAsDouble(model);
        train(model, 7);

        assertTrue(Problems.loss().of().applyAsDouble(model) < before);
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

    private static Sequential train(Sequential model, long seed) {
        Problems.retraining().retrain(model, new Retraining.Round("stage", 1, 1, 20, seed));
        return model;
    }
}

package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Problems;
import org.espalier.prune.training.RigL;
import org.espalier.prune.training.TrainingSetup;
import org.junit.jupiter.api.Test;

class FittingTest {
    @Test
    void theRoundDecidesEpochsAndSeeds() {
        var rule = Optimizer.adam(0.01f);
        var round = new Retraining.Round("stage", 1, 1, 3, 11);
        var samples = Problems.samples(64, 1);
        var plain = Problems.network(1);
        Retraining.on(samples, Loss.meanSquaredError(), rule, 8).retrain(plain, round);
        var moving = Problems.network(1);
        Retraining.on(samples, Loss.meanSquaredError(), rule, 8)
                .retrain(moving, round, RigL.sparsity(0.5).every(3));

        var byHand = Problems.network(1);
        var trainer = Trainer.of(byHand, Loss.meanSquaredError(), rule).batchSize(8).epochs(3).seed(11);
        trainer.fit(samples);
        assertEquals(Problems.bits(byHand), Problems.bits(plain));
        var other = Problems.network(1);
        RigL.sparsity(0.5).every(3).train(other, TrainingSetup.of(trainer, samples).seed(11));
        assertEquals(Problems.bits(other), Problems.bits(moving));
    }
}

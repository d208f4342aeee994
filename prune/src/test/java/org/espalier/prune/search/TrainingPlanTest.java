package org.espalier.prune.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.train.Objective;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {
    @Test
    void theLearningRateFallsToAThousandthInTheEpochsThereAre() {
        var samples = SearchProblems.classes(64, 1);
        var plan = TrainingPlan.standard(samples);
        for (int epochs : new int[] {2, 10}) {
            var model = SearchProblems.network(3, 1, 1);
            var history = plan.trainer(model, Objective.of(Loss.crossEntropy()), epochs).fit(samples).history();

            assertEquals(epochs, history.size());
            // The rate of the last of 2·epochs steps: half a cosine, a step before its end.
            double share = (1 + Math.cos(Math.PI * (2 * epochs - 1) / (2.0 * epochs))) / 2;
            assertEquals(2e-6 + (2e-3 - 2e-6) * share, history.getLast().learningRate(), 1e-8);
        }
    }

    @Test
    void itLearns() {
        var samples = SearchProblems.classes(150, 1);
        var model = SearchProblems.network(3, 1, 1);
        TrainingPlan.standard(samples).trainer(model, Objective.of(Loss.crossEntropy()), 60).fit(samples);

        assertTrue(Metric.accuracy().of(model, samples) > 0.95);
    }
}

package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.StateDict;
import org.espalier.nn.metrics.Metric;
import org.junit.jupiter.api.Test;

class TrainingSetupTest {
    @Test
    void choicesAreOfTheReturnedTraining() {
        var training = Runs.training();

        assertEquals(5, training.seed());
        assertEquals(9, training.seed(9).seed());
        assertTrue(training.validation().isEmpty());
    }

    @Test
    void eachEpochIsValidatedIfAsked() {
        var training = TrainingSetup.of(
                Runs.trainer().metric(Metric.meanSquaredError()).epochs(2), Runs.samples(64, 1))
                .validate(Runs.samples(32, 2));
        var result = RigL.sparsity(0.5).train(Runs.model(1), training);

        assertTrue(Double.isFinite(result.history().getLast().score()));
    }

    @Test
    void afterAnExceptionTheModelIsAsItWas() {
        var model = Runs.model(1);
        var before = StateDict.of(model);

        assertThrows(ArithmeticException.class, () -> TrainingSetup.allOrNothing(model, () -> {
            model.initialize(org.espalier.nn.Init.heNormal(), 2);
            throw new ArithmeticException();
        }));
        assertEquals(before, StateDict.of(model));
    }
}

package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.Sequential;
import org.espalier.prune.sparsity.SparsityPattern;
import org.junit.jupiter.api.Test;

class ActivationRateTest {
    // Neurons x0, −x1 and x0 + x2: before ReLU (1, −2, 1) and (−1, 0, 3), behind it (1, 0, 1) and (0, 0, 3).
    private static final float[] WEIGHTS = {1, 0, 0, 0, -1, 0, 1, 0, 1};

    private static final Calibration DATA = Cases.examples(new float[] {1, 2, 0}, new float[] {-1, 0, 4});

    private static double[] scores(Criterion criterion, Layer model) {
        return criterion.score(ScoringContext.of(model, DATA))
                .get("fc1.weight")
                .of(SparsityPattern.neurons().units(PrunableWeight.of(model).getFirst().weight().shape(),
                        Optional.empty()));
    }

    @Test
    void zerosAreCountedBehindTheActivationFunctionAndMoreZerosMeanLessImportance() {
        var model = Sequential.of(Cases.layer(WEIGHTS), Activation.relu());

        assertArrayEquals(new double[] {0.5, 0, 1}, scores(ActivationRate.APOZ, model));
    }

    @Test
    void theMeanIsOverAllSamples() {
        var model = Sequential.of(Cases.layer(WEIGHTS), Activation.relu());

        assertArrayEquals(new double[] {0.5, 0, 2}, scores(ActivationRate.MEAN, model), 1e-12);
    }

    @Test
    void aNeuronThatIsAlwaysMinusOneIsNotLessThanOneThatIsZero() {
        var model = Sequential.of(Cases.layer(0, -20, 0, 0, 0, 0, 0, 0, 0), Activation.tanh());

        // tanh(−40) and tanh(0).
        assertArrayEquals(new double[] {0.5, 0, 0}, scores(ActivationRate.MEAN, model), 1e-6);
    }

    @Test
    void withoutAnActivationFunctionTheLayerItselfIsLookedAt() {
        assertArrayEquals(
                new double[] {1, 0.5, 1}, scores(ActivationRate.APOZ, Sequential.of(Cases.layer(WEIGHTS))));
    }

    @Test
    void weightsHaveNoActivation() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Cases.weights(ActivationRate.APOZ, Cases.layer(WEIGHTS), DATA));
    }
}

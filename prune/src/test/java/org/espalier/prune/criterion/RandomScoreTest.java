package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.prune.sparsity.SparsityPattern;
import org.junit.jupiter.api.Test;

class RandomScoreTest {
    private final Sequential model = Sequential.of(Linear.of(20, 30), Linear.of(30, 20));

    @Test
    void theSameSeedGivesTheSameScoresAndAnotherSeedOthers() {
        assertArrayEquals(scores(7, "fc1"), scores(7, "fc1"));
        assertFalse(Arrays.equals(scores(7, "fc1"), scores(8, "fc1")));
        assertFalse(Arrays.equals(scores(7, "fc1"), scores(7, "fc2")));
    }

    @Test
    void theScoresOfALayerDoNotDependOnTheOthersInTheScope() {
        var alone = new ScoringContext(model, List.of(PrunableWeight.of(model).getLast()), Calibration.none(), 7);

        assertArrayEquals(scores(7, "fc2"), scores(alone, "fc2"));
    }

    @Test
    void askedTwiceTheScoresAreTheSame() {
        var context = new ScoringContext(model, PrunableWeight.of(model), Calibration.none(), 7);
        var scores = new RandomScore().score(context).get("fc1.weight");
        var units = SparsityPattern.weights().units(model.parameters().get("fc1.weight").shape(), Optional.empty());

        assertArrayEquals(scores.of(units), scores.of(units));
    }

    @Test
    void theScoresAreSpreadOverTheUnitInterval() {
        var scores = scores(7, "fc1");

        assertTrue(Arrays.stream(scores).allMatch(s -> s >= 0 && s < 1));
        // The mean of 600 uniform numbers is 0.5 ± 0.0118; this is five times that.
        assertTrue(Math.abs(Arrays.stream(scores).average().orElseThrow() - 0.5) < 0.06);
    }

    private double[] scores(long seed, String layer) {
        return scores(new ScoringContext(model, PrunableWeight.of(model), Calibration.none(), seed), layer);
    }

    private double[] scores(ScoringContext context, String layer) {
        var shape = model.parameters().get(layer + ".weight").shape();
        return new RandomScore()
                .score(context)
                .get(layer + ".weight")
                .of(SparsityPattern.weights().units(shape, Optional.empty()));
    }
}

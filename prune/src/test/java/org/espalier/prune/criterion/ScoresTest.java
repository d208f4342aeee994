package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.prune.sparsity.Units;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class ScoresTest {
    private static final Units ROWS = SparsityPattern.neurons().units(Shape.of(2, 2), Optional.empty());

    @Test
    void aSumIsFinishedAfterItIsTaken() {
        var contributions = new double[] {9, 16, 1, 0};

        assertArrayEquals(new double[] {25, 1}, Scores.sum(contributions).of(ROWS));
        assertArrayEquals(new double[] {5, 1}, Scores.sum(contributions, Math::sqrt).of(ROWS));
    }

    @Test
    void theMeanIsTakenOverFinishedSums() {
        var samples = List.of(new double[] {1, 1, 0, 0}, new double[] {-1, -1, 3, 1});

        assertArrayEquals(new double[] {4, 8}, Scores.meanOfSums(samples, sum -> sum * sum).of(ROWS));
        assertThrows(IllegalArgumentException.class, () -> Scores.meanOfSums(List.of(), sum -> sum));
    }

    @Test
    void scoresOfNeuronsAreForNeuronsOnly() {
        var scores = Scores.ofNeurons("x", new double[] {1, 2});

        assertArrayEquals(new double[] {1, 2}, scores.of(ROWS));
        assertThrows(
                IllegalArgumentException.class,
                () -> scores.of(SparsityPattern.weights().units(Shape.of(2, 2), Optional.empty())));
    }
}

package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.DoubleStream;
import org.espalier.nn.Sequential;
import org.espalier.prune.sparsity.SparsityPattern;
import org.junit.jupiter.api.Test;

class SnipTest {
    private static final Calibration DATA = Cases.examples(new float[] {1, 2, 0});

    @Test
    void sensitivitiesAreDividedByTheirSum() {
        // |w·g| is 1, 4, 0; 1, 4, 0; 2, 2, 0: together 14.
        double[] scores = Cases.weights(new Snip(), Cases.layer(1, 2, 3, -1, 2, 0, 2, -1, 1), DATA);
        double[] expected = {1 / 14.0, 4 / 14.0, 0, 1 / 14.0, 4 / 14.0, 0, 2 / 14.0, 2 / 14.0, 0};

        assertArrayEquals(expected, scores, 1e-12);
    }

    @Test
    void theSumIsOverAllLayersNotOverEach() {
        // Behind the first layer the gradient of the second is (2, 0, 0); of w[0] in the first, 1·x.
        var first = Cases.layer(2, 0, 0, 0, 0, 0, 0, 0, 0);
        var second = Cases.layer(1, 0, 0, 0, 0, 0, 0, 0, 0);
        var context = ScoringContext.of(Sequential.of(first, second), DATA);
        var scores = new Snip().score(context);
        var units = SparsityPattern.weights().units(first.weight().shape(), java.util.Optional.empty());
        double[] one = scores.get("fc1.weight").of(units);
        double[] two = scores.get("fc2.weight").of(units);

        assertEquals(0.5, one[0], 1e-12);
        assertEquals(0.5, two[0], 1e-12);
        assertEquals(1, DoubleStream.of(one).sum() + DoubleStream.of(two).sum(), 1e-12);
    }

    @Test
    void aModelWithoutSensitivityScoresZeroNotNaN() {
        assertArrayEquals(new double[3], Cases.neurons(new Snip(), Cases.layer(new float[9]), DATA));
    }
}

package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CriterionTest {
    @Test
    void aCriterionOfOnesOwnIsALambda() {
        Criterion first = context -> context.forEach(target -> units -> new double[] {3, 1, 2});

        assertArrayEquals(new double[] {3, 1, 2}, Cases.neurons(first, Cases.layer(new float[9])));
        assertEquals("CriterionTest (lambda)", first.text());
    }

    @Test
    void aCriterionOfOneWeightAtATimeHasAName() {
        var largest = Criterion.ofEach("largest", target -> Scores.sum(new double[target.weight().size()]));

        assertEquals("largest", largest.text());
        assertArrayEquals(new double[3], Cases.neurons(largest, Cases.layer(new float[9])));
    }
}

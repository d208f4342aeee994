package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.junit.jupiter.api.Test;

class NamedCriterionTest {
    @Test
    void everyWeightIsAskedByItself() {
        var model = Sequential.of(Linear.of(2, 3), Linear.of(3, 1));
        var scores = Criterion.ofEach("none", weight -> units -> new double[0]).score(ScoringContext.of(model));

        assertEquals(List.of("fc1.weight", "fc2.weight"), List.copyOf(scores.keySet()));
    }

    @Test
    void aNameSaysNothingOfTheScores() {
        var named = Criterion.named("small is beautiful", Criterion.magnitude());

        assertEquals("small is beautiful", named.text());
        assertEquals(Criterion.magnitude().formula(), named.formula());
        assertEquals(Criterion.magnitude().source(), named.source());
        assertThrows(IllegalArgumentException.class, () -> Criterion.named(" ", Criterion.magnitude()));
    }
}

package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.junit.jupiter.api.Test;

class EachTargetTest {
    @Test
    void everyTargetIsAskedByItself() {
        var model = Sequential.of(Linear.of(2, 3), Linear.of(3, 1));
        var scores = new EachTarget("none", target -> units -> new double[0]).score(ScoringContext.of(model));

        assertEquals(List.of("fc1.weight", "fc2.weight"), List.copyOf(scores.keySet()));
    }
}

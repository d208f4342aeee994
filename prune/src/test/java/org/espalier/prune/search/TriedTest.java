package org.espalier.prune.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TriedTest {
    private static Tried of(double... dropsAndSizes) {
        var runs = new ArrayList<Outcome>();
        for (int i = 0; i < dropsAndSizes.length; i += 2) {
            runs.add(new Outcome("c", 0.9, 1, i, 1, 1 - dropsAndSizes[i], dropsAndSizes[i], dropsAndSizes[i + 1], 1,
                    Optional.empty()));
        }
        return new Tried("c", 0.9, 1, List.copyOf(runs));
    }

    @Test
    void meansAreOverRuns() {
        var tried = of(0.1, 100, 0.3, 200);

        assertEquals(0.2, tried.drop(), 1e-12);
        assertEquals(150, tried.size(), 1e-12);
        assertEquals(0.8, tried.score(), 1e-12);
    }

    @Test
    void aLossThatIsNoNumberIsInfinite() {
        assertEquals(Double.POSITIVE_INFINITY, of(0.1, 100, Double.NaN, 200).drop());
    }

    @Test
    void dominatedIsWorseInOneAndBetterInNone() {
        assertTrue(of(0.1, 100).isDominatedBy(of(0.1, 99)));
        assertTrue(of(0.1, 100).isDominatedBy(of(0.05, 100)));
        assertFalse(of(0.1, 100).isDominatedBy(of(0.1, 100)));
        assertFalse(of(0.1, 100).isDominatedBy(of(0.05, 101)));
    }
}

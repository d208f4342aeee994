package org.espalier.prune.sparsity;

import static org.espalier.prune.sparsity.ScoredLayers.kept;
import static org.espalier.prune.sparsity.ScoredLayers.row;
import static org.espalier.prune.sparsity.ScoredLayers.sparsity;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class LampTest {
    @Test
    void scoresAreSquaresOverTheSumOfThoseNoSmaller() {
        // a: 1/14, 4/13, 9/9 = 0.071, 0.308, 1. b: 100/500, 400/400 = 0.2, 1.
        var a = row("a", 1, 2, 3);
        var b = row("b", 20, 10);

        assertEquals(List.of(List.of(1, 2), List.of(0, 1)), kept(Allocation.lamp(), sparsity(0.2), Floor.NONE, a, b));
        assertEquals(List.of(List.of(1, 2), List.of(0)), kept(Allocation.lamp(), sparsity(0.4), Floor.NONE, a, b));
        assertEquals(List.of(List.of(2), List.of(0)), kept(Allocation.lamp(), sparsity(0.6), Floor.NONE, a, b));
    }

    @Test
    void theLargestOfEveryLayerOutlivesAllOthers() {
        assertEquals(
                List.of(List.of(1), List.of(0)),
                kept(Allocation.lamp(), sparsity(0.6), Floor.NONE, row("a", 1e-9, 2e-9), row("b", 3e9, 2e9, 1e9)));
    }

    @Test
    void whatIsRemovedAlreadyTakesNoPart() {
        // a: 4/13, 9/9; b: 100/500, 400/400. Of five units one is removed, so one more goes.
        assertEquals(
                List.of(List.of(1, 2), List.of(0)),
                kept(Allocation.lamp(), sparsity(0.4), Floor.NONE, row("a", Double.NaN, 2, 3), row("b", 20, 10)));
    }

    @Test
    void scoresWhoseSquaresAreTooLargeAreRefused() {
        for (var allocation : List.<Allocation>of(Allocation.lamp(), Allocation.globalNormalized())) {
            var refusal = assertThrows(IllegalArgumentException.class,
                    () -> kept(allocation, sparsity(0.5), Floor.NONE, row("fc1", 1e200, 1)));
            assertEquals(
                    "layer 'fc1': the squares of its scores add up to more than a double can hold; scale them down",
                    refusal.getMessage());
        }
    }

    @Test
    void ofEqualScoresTheFirstGoesFirst() {
        assertEquals(List.of(List.of(2)), kept(Allocation.lamp(), sparsity(0.67), Floor.NONE, row("a", 5, 5, 5)));
    }

    @Test
    void aLayerOfZerosStillKeepsOneUnitBeforeAllOthersAreDown() {
        assertEquals(
                List.of(List.of(1), List.of(1)),
                kept(Allocation.lamp(), sparsity(0.5), Floor.NONE, row("a", 0, 0), row("b", 1, 2)));
    }
}

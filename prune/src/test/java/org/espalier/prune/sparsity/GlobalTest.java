package org.espalier.prune.sparsity;

import static org.espalier.prune.sparsity.ScoredLayers.kept;
import static org.espalier.prune.sparsity.ScoredLayers.row;
import static org.espalier.prune.sparsity.ScoredLayers.sparsity;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class GlobalTest {
    private static final Candidates SMALL = row("a", 1, 2, 3, 4);
    private static final Candidates LARGE = row("b", 50, 20, 30, 10);

    @Test
    void oneRankingGoesOverAllLayers() {
        assertEquals(
                List.of(List.of(2, 3), List.of(0, 1, 2, 3)),
                kept(Allocation.global(), sparsity(0.25), Floor.NONE, SMALL, LARGE));
    }

    @Test
    void theFloorGuardsALayerAndTheCountStaysExact() {
        assertEquals(
                List.of(List.of(3), List.of(0, 1, 2)),
                kept(Allocation.global(), sparsity(0.5), Floor.units(1), SMALL, LARGE));
        assertEquals(
                List.of(List.of(), List.of(0, 1, 2, 3)),
                kept(Allocation.global(), sparsity(0.5), Floor.NONE, SMALL, LARGE));
    }

    @Test
    void theFloorWinsOverTheGoal() {
        assertEquals(
                List.of(List.of(3), List.of(0)), kept(Allocation.global(), sparsity(1), Floor.units(1), SMALL, LARGE));
        assertEquals(List.of(List.of(), List.of()), kept(Allocation.global(), sparsity(1), Floor.NONE, SMALL, LARGE));
    }

    @Test
    void normalizedScoresForgetTheScaleOfALayer() {
        // a / 5 = 0.6, 0.8; b / 50 = 0.8, 0.6: ties go by layer, then index.
        assertEquals(
                List.of(List.of(1), List.of(0)),
                kept(Allocation.globalNormalized(), sparsity(0.5), Floor.NONE, row("a", 3, 4), row("b", 40, 30)));
        assertEquals(
                List.of(List.of(1), List.of(0, 1)),
                kept(Allocation.globalNormalized(), sparsity(0.25), Floor.NONE, row("a", 3, 4), row("b", 40, 30)));
    }

    @Test
    void tiesGoByLayerThenIndex() {
        assertEquals(
                List.of(List.of(), List.of(1)),
                kept(Allocation.global(), sparsity(0.75), Floor.NONE, row("a", 1, 1), row("b", 1, 1)));
    }

    @Test
    void removedUnitsCountTowardsASparsityButNotTowardsAShareOfTheRemaining() {
        var partly = row("a", Double.NaN, Double.NaN, 3, 4);

        assertEquals(
                List.of(List.of(), List.of(0, 1, 2, 3)),
                kept(Allocation.global(), sparsity(0.5), Floor.NONE, partly, LARGE));
        assertEquals(
                List.of(List.of(), List.of(0, 1, 2)),
                kept(Allocation.global(), Goal.of(Amount.ofRemaining(0.5)), Floor.NONE, partly, LARGE));
    }

    @Test
    void poolsCannotBeRankedTogether() {
        var pools = ScoredLayers.pools("a", 2, 1, 2, 3, 4);

        assertThrows(IllegalArgumentException.class, () -> kept(Allocation.global(), sparsity(0.5), Floor.NONE, pools));
    }
}

package org.espalier.prune.sparsity;

import static org.espalier.prune.sparsity.ScoredLayers.kept;
import static org.espalier.prune.sparsity.ScoredLayers.row;
import static org.espalier.prune.sparsity.ScoredLayers.sparsity;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UniformTest {
    private static final Candidates SMALL = row("a", 1, 2, 3, 4);
    private static final Candidates LARGE = row("b", 50, 20, 30, 10);

    @Test
    void everyLayerLosesTheSameShareWhateverItsScale() {
        assertEquals(
                List.of(List.of(2, 3), List.of(0, 2)),
                kept(Allocation.perLayer(), sparsity(0.5), Floor.NONE, SMALL, LARGE));
    }

    @Test
    void amountsByLayerLeaveOtherLayersAlone() {
        var goal = Goal.of(new Amount.ByLayer(Map.of("b", Amount.sparsity(0.75))));

        assertEquals(List.of(List.of(0, 1, 2, 3), List.of(0)),
                kept(Allocation.perLayer(), goal, Floor.NONE, SMALL, LARGE));
    }

    @Test
    void removedUnitsCountTowardsASparsityAndStayRemoved() {
        var partly = row("a", Double.NaN, 9, 3, 4);

        assertEquals(List.of(List.of(1, 3)), kept(Allocation.perLayer(), sparsity(0.5), Floor.NONE, partly));
        assertEquals(List.of(List.of(1, 2, 3)), kept(Allocation.perLayer(), sparsity(0), Floor.NONE, partly));
    }

    @Test
    void everyPoolLosesTheSameNumber() {
        var pools = ScoredLayers.pools("a", 4, 1, 2, 3, 4, 8, 7, 6, 5, 1, 2);

        assertEquals(List.of(List.of(2, 3, 4, 5, 9)), kept(Allocation.perLayer(), sparsity(0.5), Floor.NONE, pools));
    }

    @Test
    void aThresholdRemovesWhatIsBelowItAndNotWhatIsEqual() {
        var goal = Goal.of(Amount.below(3));

        assertEquals(List.of(List.of(2, 3), List.of(0, 1, 2, 3)),
                kept(Allocation.perLayer(), goal, Floor.NONE, SMALL, LARGE));
    }

    @Test
    void theFloorWinsOverTheGoal() {
        assertEquals(List.of(List.of(3)), kept(Allocation.perLayer(), sparsity(1), Floor.units(1), SMALL));
        assertEquals(List.of(List.of(1, 2, 3)), kept(Allocation.perLayer(), sparsity(1), Floor.share(0.6), SMALL));
        assertEquals(List.of(List.of()), kept(Allocation.perLayer(), sparsity(1), Floor.NONE, SMALL));
    }
}

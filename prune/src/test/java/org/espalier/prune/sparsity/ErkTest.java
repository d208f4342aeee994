package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErkTest {
    @Test
    void densityIsInProportionToTheSidesOverTheArea() {
        // Shares of kept units are in + out: 4+6 = 10 and 2+3 = 5. Of 30 units, 15 stay: 10 and 5.
        assertArrayEquals(new int[] {10, 5}, Allocation.Erk.counts(List.of(filled(4, 6), filled(2, 3)), 15));
    }

    @Test
    void aLayerThatWouldNeedMoreThanItHasStaysWholeAndTheOthersShareTheRest() {
        // By proportion 24·(10, 5)/15 = 16 and 8, but the second has only 6: 18 go to the first.
        assertArrayEquals(new int[] {18, 6}, Allocation.Erk.counts(List.of(filled(4, 6), filled(2, 3)), 24));
    }

    @Test
    void theTotalIsExactAndFractionsGoToTheLargest() {
        // 8·(10, 5)/15 = 5.33 and 2.67.
        assertArrayEquals(new int[] {5, 3}, Allocation.Erk.counts(List.of(filled(4, 6), filled(2, 3)), 8));
        for (int keep = 0; keep <= 30; keep++) {
            int[] counts = Allocation.Erk.counts(List.of(filled(4, 6), filled(2, 3)), keep);
            assertEquals(keep, Arrays.stream(counts).sum());
        }
    }

    @Test
    void lenetAtTenPercentMatchesHandComputedDensities() {
        // 26,620 kept; fc3 would get 2,064 of its 1,000, so it stays whole: 25,620·(1084, 400)/1484.
        var layers = List.of(filled(300, 784), filled(100, 300), filled(10, 100));

        assertArrayEquals(new int[] {18714, 6906, 1000}, Allocation.Erk.counts(layers, 26620));
    }

    @Test
    void theLowestScoresOfEachLayerGo() {
        var kept = ScoredLayers.kept(
                Allocation.erk(),
                ScoredLayers.sparsity(0.5),
                Floor.NONE,
                ScoredLayers.of("a", 2, 4, 3, 2, 1),
                ScoredLayers.of("b", 2, 1, 2, 3, 4));

        assertEquals(List.of(List.of(0, 1), List.of(2, 3)), kept);
    }

    @Test
    void whatTheFloorGivesToOneLayerTheOthersLose() {
        // Of 10 units 2 stay: 2·(4+2, 1+2)/9 = 1.33 and 0.67, so both keep one; of 3, 2 and 1.
        var large = ScoredLayers.of("a", 4, 8, 7, 6, 5, 4, 3, 2, 1);
        var small = ScoredLayers.of("b", 1, 1, 2);
        assertEquals(List.of(List.of(0), List.of(1)),
                ScoredLayers.kept(Allocation.erk(), ScoredLayers.sparsity(0.8), Floor.units(1), large, small));
        // A floor of 2: the large one has 0.67 and loses nothing, since both are at their floor.
        assertEquals(List.of(List.of(0, 1), List.of(0, 1)),
                ScoredLayers.kept(Allocation.erk(), ScoredLayers.sparsity(0.8), Floor.units(2), large, small));
        // Of 24 + 1 units 2 stay: 2·(10, 2)/12 = 1.67 and 0.33, rounded to 2 and 0; the floor makes that 1 and 1.
        var kept = ScoredLayers.kept(
                Allocation.erk(), ScoredLayers.sparsity(0.92), Floor.units(1), filled(4, 6), filled(1, 1));
        assertEquals(List.of(1, 1), kept.stream().map(List::size).toList());
    }

    @Test
    void poolsAreRefused() {
        Goal goal = ScoredLayers.sparsity(0.5);

        assertThrows(
                IllegalArgumentException.class,
                () -> ScoredLayers.kept(Allocation.erk(), goal, Floor.NONE, ScoredLayers.pools("a", 2, 1, 2)));
    }

    private static Candidates filled(int out, int in) {
        return ScoredLayers.of("x", out, new double[out * in]);
    }

    @Test
    void aShareOfWhatIsLeftCountsFromTheStart() {
        double nan = Double.NaN;
        // Two of ten are removed already; half of the other eight go.
        assertEquals(
                List.of(List.of(6, 7, 8, 9)),
                ScoredLayers.kept(
                        Allocation.erk(),
                        Goal.of(Amount.ofRemaining(0.5)),
                        Floor.NONE,
                        ScoredLayers.row("a", nan, nan, 3, 4, 5, 6, 7, 8, 9, 10)));
    }
}

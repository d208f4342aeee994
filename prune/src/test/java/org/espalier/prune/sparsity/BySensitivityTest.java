package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.prune.sparsity.BySensitivity.Point;
import org.junit.jupiter.api.Test;

class BySensitivityTest {
    private static final double[] TEN = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    /** Layer a loses twice as much as b for the same share. */
    private static BySensitivity twoLayers() {
        var curves = new LinkedHashMap<String, List<Point>>();
        curves.put("a", List.of(new Point(0.5, 0.2), new Point(1, 0.4)));
        curves.put("b", List.of(new Point(0.5, 0.1), new Point(1, 0.2)));
        return new BySensitivity(curves);
    }

    @Test
    void allLayersAreTakenToTheSameDrop() {
        // At a drop of 0.08 layer a loses a share of 0.2 and layer b one of 0.4: 6 of 20 units.
        assertEquals(
                List.of(List.of(2, 3, 4, 5, 6, 7, 8, 9), List.of(4, 5, 6, 7, 8, 9)),
                ScoredLayers.kept(
                        twoLayers(),
                        ScoredLayers.sparsity(0.3),
                        Floor.NONE,
                        ScoredLayers.row("a", TEN),
                        ScoredLayers.row("b", TEN)));
    }

    @Test
    void betweenTwoPointsACurveIsAStraightLine() {
        var curves = new LinkedHashMap<String, List<Point>>();
        curves.put("a", List.of(new Point(0.4, 0.1), new Point(0.8, 0.5)));
        curves.put("b", List.of(new Point(0.2, 0.3)));
        // At a drop of 0.3 layer a loses 0.4 + 0.4 · 0.2 / 0.4 = 0.6 and b 0.2: 8 of 20 units.
        assertEquals(
                List.of(4, 8),
                ScoredLayers.kept(
                        new BySensitivity(curves),
                        ScoredLayers.sparsity(0.4),
                        Floor.NONE,
                        ScoredLayers.row("a", TEN),
                        ScoredLayers.row("b", TEN))
                        .stream()
                        .map(List::size)
                        .toList());
    }

    @Test
    void whatCostsNothingGoesFirst() {
        var curves = new LinkedHashMap<String, List<Point>>();
        curves.put("a", List.of(new Point(0.5, 0.2)));
        // It even got better, then back to where it was: neither is a drop.
        curves.put("b", List.of(new Point(0.2, -0.1), new Point(0.6, 0), new Point(0.8, Double.NaN)));

        assertEquals(
                List.of(10, 4),
                ScoredLayers.kept(
                        new BySensitivity(curves),
                        ScoredLayers.sparsity(0.3),
                        Floor.NONE,
                        ScoredLayers.row("a", TEN),
                        ScoredLayers.row("b", TEN))
                        .stream()
                        .map(List::size)
                        .toList());
    }

    @Test
    void theFloorHoldsAndALayerWithoutACurveIsLeftAlone() {
        // 15 of 30 units: b goes at a drop of 0.2 and a loses 5 there; the floor gives b three back.
        assertEquals(
                List.of(5, 3, 10),
                ScoredLayers.kept(
                        twoLayers(),
                        ScoredLayers.sparsity(0.5),
                        Floor.units(3),
                        ScoredLayers.row("a", TEN),
                        ScoredLayers.row("b", TEN),
                        ScoredLayers.row("c", TEN))
                        .stream()
                        .map(List::size)
                        .toList());
    }

    @Test
    void aShareOfWhatIsLeftCountsFromTheStart() {
        var line = new BySensitivity(Map.of("a", List.of(new Point(1, 1))));
        double nan = Double.NaN;
        // Two of ten are removed already; half of the other eight go.
        assertEquals(
                List.of(List.of(6, 7, 8, 9)),
                ScoredLayers.kept(
                        line,
                        Goal.of(Amount.ofRemaining(0.5)),
                        Floor.NONE,
                        ScoredLayers.row("a", nan, nan, 3, 4, 5, 6, 7, 8, 9, 10)));
    }

    @Test
    void moreThanTheScanReachedIsRefused() {
        var half = new BySensitivity(Map.of("a", List.of(new Point(0.5, 0.2))));
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> ScoredLayers.kept(half, ScoredLayers.sparsity(0.6), Floor.NONE, ScoredLayers.row("a", TEN)));

        assertTrue(e.getMessage().contains("keep 5 units or more, not 4"), e.getMessage());
    }

    @Test
    void theTextReadsBack() {
        var allocation = twoLayers();

        assertEquals("sensitivity a 0.5:0.2 1.0:0.4; b 0.5:0.1 1.0:0.2", allocation.text());
        assertEquals(allocation, Allocation.parse(allocation.text()));
        assertThrows(IllegalArgumentException.class, () -> Allocation.parse("sensitivity a 0.5"));
        assertThrows(IllegalArgumentException.class, () -> Allocation.parse("sensitivity a 0.5:0.1 0.5:0.2"));
        assertThrows(IllegalArgumentException.class, () -> Allocation.parse("sensitivity a 1.5:0.1"));
    }
}

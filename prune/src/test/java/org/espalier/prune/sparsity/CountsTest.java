package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountsTest {
    private static Candidates layer(int units) {
        return ScoredLayers.of("x", 1, new double[units]);
    }

    private static List<Integer> raised(Floor floor, List<Candidates> layers, int... counts) {
        return Arrays.stream(Counts.raised(counts, layers, floor)).boxed().toList();
    }

    @Test
    void countsAboveTheFloorStay() {
        var layers = List.of(layer(10), layer(8), layer(5));
        assertEquals(List.of(7, 3, 2), raised(Floor.units(2), layers, 7, 3, 2));
        assertEquals(List.of(7, 0, 2), raised(Floor.NONE, layers, 7, 0, 2));
    }

    @Test
    void theOthersLoseInProportionToWhatTheyHaveAboveTheirFloor() {
        // 16 stay. Above the floors of 2 are 8 and 4 units, for which 16 - 6 = 10 are left: 2 + 6.67, 2 + 3.33 and 2.
        assertEquals(List.of(9, 5, 2), raised(Floor.units(2), List.of(layer(10), layer(8), layer(5)), 10, 6, 0));
        // 5 stay, of which one that is at its floor: 1 + 4·(3/4), 1 and 1.
        assertEquals(List.of(3, 1, 1), raised(Floor.units(1), List.of(layer(10), layer(8), layer(5)), 4, 1, 0));
    }

    @Test
    void floorsThatAreMoreThanAllStay() {
        assertEquals(List.of(2, 2, 2), raised(Floor.units(2), List.of(layer(10), layer(8), layer(5)), 3, 0, 0));
        assertEquals(List.of(2, 1), raised(Floor.units(2), List.of(layer(10), layer(1)), 3, 0));
        assertEquals(List.of(2, 1), raised(Floor.units(2), List.of(layer(10), layer(1)), 0, 0));
    }

    @Test
    void fractionsGoToTheLargest() {
        var layers = List.of(layer(10), layer(10), layer(10));
        assertArrayEquals(new int[] {1, 3, 2}, Counts.rounded(new double[] {1.2, 2.5, 2.3}, 6, layers));
        assertArrayEquals(new int[] {2, 2, 2}, Counts.rounded(new double[] {1.5, 2.25, 2.25}, 6, layers));
        assertArrayEquals(new int[] {1, 1, 0}, Counts.rounded(new double[] {0.5, 0.5, 0.5}, 2, layers));
        // A layer that is full already gets no fraction.
        assertArrayEquals(new int[] {1, 2}, Counts.rounded(new double[] {1.6, 1.4}, 3, List.of(layer(1), layer(4))));
    }

    @Test
    void theFloorStaysWhateverTheCountsAre() {
        var layers = List.of(ScoredLayers.of("a", 1, 1, 2, 3), ScoredLayers.of("b", 1, 3, 2, 1));
        var kept = Counts.keep("test", layers, new int[] {0, 1}, Floor.units(2));
        assertArrayEquals(new boolean[] {false, true, true}, kept.get(0));
        assertArrayEquals(new boolean[] {true, true, false}, kept.get(1));
    }
}

package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.espalier.tensor.Rng;
import org.junit.jupiter.api.Test;

/** What holds for every allocation, on random layers with removed units. */
class AllocationTest {
    private static final List<Allocation> ALL = Stream.concat(
            Allocation.all().stream(),
            Stream.of(Allocation.parse("sensitivity a 0.5:0.1 1:0.3; b 1:0.2; c 0.3:0 0.6:0.1 1:0.1")))
            .toList();

    private final Rng rng = Rng.of(11);

    @Test
    void removedUnitsStayRemovedAndTheFloorHolds() {
        for (int round = 0; round < 300; round++) {
            var layers = List.of(layer("a"), layer("b"), layer("c"));
            var floor = Floor.units(rng.nextInt(3));
            double share = rng.nextInt(11) / 10.0;
            for (var allocation : ALL) {
                var kept = allocation.keep(layers, ScoredLayers.sparsity(share), floor);
                for (int i = 0; i < 3; i++) {
                    var units = layers.get(i).units();
                    for (int unit = 0; unit < units.count(); unit++) {
                        assertFalse(units.isRemoved(unit) && kept.get(i)[unit], allocation.text());
                    }
                    int least = Math.min(layers.get(i).alive(), floor.of(units));
                    assertTrue(count(kept.get(i)) >= least, allocation.text());
                }
            }
        }
    }

    @Test
    void withoutAFloorTheTotalIsExactUnlessMoreIsRemovedAlready() {
        for (int round = 0; round < 300; round++) {
            var layers = List.of(layer("a"), layer("b"), layer("c"));
            int total = layers.stream().mapToInt(layer -> layer.units().count()).sum();
            int removed = layers.stream().mapToInt(layer -> layer.units().removed()).sum();
            double share = rng.nextInt(11) / 10.0;
            for (var allocation : ALL) {
                if (!allocation.isPerLayer()) {
                    int kept = allocation.keep(layers, ScoredLayers.sparsity(share), Floor.NONE).stream()
                            .mapToInt(AllocationTest::count)
                            .sum();
                    assertEquals(Math.max((int) Math.rint(share * total), removed), total - kept, allocation.text());
                }
            }
        }
    }

    private Candidates layer(String name) {
        int columns = 1 + rng.nextInt(5);
        var scores = new double[2 * columns];
        Arrays.setAll(scores, i -> rng.nextInt(5) == 0 ? Double.NaN : rng.nextInt(6));
        return ScoredLayers.of(name, 2, scores);
    }

    private static int count(boolean[] keeps) {
        int count = 0;
        for (boolean keep : keeps) {
            count += keep ? 1 : 0;
        }
        return count;
    }
}

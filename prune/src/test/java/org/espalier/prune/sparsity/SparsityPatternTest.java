package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.espalier.nn.Mask;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What holds for every pattern, on weights of random and of empty shapes. */
class SparsityPatternTest {
    private static final List<SparsityPattern> ALL = List.of(
            SparsityPattern.weights(),
            SparsityPattern.neurons(),
            SparsityPattern.inputs(),
            SparsityPattern.blocks(2, 3),
            new SparsityPattern.Blocks(2, 3, SparsityPattern.Remainder.DENSE),
            SparsityPattern.nm(4),
            new SparsityPattern.NM(4, SparsityPattern.Remainder.DENSE),
            SparsityPattern.rows());

    private final Rng rng = Rng.of(5);

    @Test
    void unitsCoverTheirElementsOnceAndKeepingAllOfThemChangesNothing() {
        for (int round = 0; round < 200; round++) {
            var shape = Shape.of(rng.nextInt(7), rng.nextInt(11));
            var mask = Mask.of(shape, i -> rng.nextInt(4) != 0);
            for (var pattern : ALL) {
                var units = pattern.units(shape, Optional.of(mask));
                int members = 0;
                for (int unit = 0; unit < units.count(); unit++) {
                    members += units.size(unit);
                }
                int left = units.mask(unit -> false).kept();
                assertEquals(mask.kept(), members + left, pattern.text());
                assertEquals(mask, units.mask(unit -> true), pattern.text());
                assertEquals(units.count(), units.poolStart(units.pools()), pattern.text());
            }
        }
    }

    @Test
    void onlyNeuronsTakeBiasesAlongAndOnlyGroupsAndRowsArePools() {
        for (var pattern : ALL) {
            assertEquals(pattern instanceof SparsityPattern.Neurons, pattern.removesBias());
            assertEquals(
                    pattern instanceof SparsityPattern.NM || pattern instanceof SparsityPattern.Rows,
                    pattern.isPooled());
            assertTrue(!pattern.text().isBlank());
        }
    }
}

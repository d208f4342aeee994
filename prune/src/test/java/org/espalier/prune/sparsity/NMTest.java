package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class NMTest {
    @Test
    void poolsRunAlongTheInputsOfEachRowAndNeverOverItsEnd() {
        var units = SparsityPattern.nm(4).units(Shape.of(2, 6), Optional.empty());

        assertEquals(12, units.count());
        assertArrayEquals(new int[] {0, 4, 6, 10, 12}, starts(units));
    }

    @Test
    void aDenseTailIsNoUnit() {
        var units = new SparsityPattern.NM(4, SparsityPattern.Remainder.DENSE).units(Shape.of(2, 6), Optional.empty());

        assertEquals(8, units.count());
        assertArrayEquals(new int[] {0, 4, 8}, starts(units));
        assertEquals(Units.NONE, units.of(5));
        assertEquals(4, units.of(6));
        assertEquals(4, units.mask(unit -> false).kept());
    }

    @Test
    void aRejectedTailIsAnError() {
        var pattern = new SparsityPattern.NM(4, SparsityPattern.Remainder.REJECTED);

        assertThrows(ShapeException.class, () -> pattern.units(Shape.of(2, 6), Optional.empty()));
        assertEquals(4, pattern.units(Shape.of(2, 8), Optional.empty()).pools());
    }

    @Test
    void aPoolCanBeTheWholeRow() {
        assertArrayEquals(new int[] {0, 6, 12}, starts(SparsityPattern.rows().units(Shape.of(2, 6), Optional.empty())));
    }

    @Test
    void aPoolOfOneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SparsityPattern.nm(1));
    }

    private static int[] starts(Units units) {
        return IntStream.rangeClosed(0, units.pools()).map(units::poolStart).toArray();
    }
}

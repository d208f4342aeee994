package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.junit.jupiter.api.Test;

class BlocksTest {
    private static final Shape SHAPE = Shape.of(3, 4);

    @Test
    void blocksAreNumberedRowByRowAndCutOffAtTheEdge() {
        var units = SparsityPattern.blocks(2, 2).units(SHAPE, Optional.empty());

        assertEquals(4, units.count());
        assertArrayEquals(new int[] {0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3}, unitOf(units));
        assertEquals(4, units.size(0));
        assertEquals(2, units.size(3));
    }

    @Test
    void aDenseTailBelongsToNoBlock() {
        var units = new SparsityPattern.Blocks(2, 2, SparsityPattern.Remainder.DENSE).units(SHAPE, Optional.empty());

        assertEquals(2, units.count());
        assertArrayEquals(new int[] {0, 0, 1, 1, 0, 0, 1, 1, -1, -1, -1, -1}, unitOf(units));
        assertEquals(4, units.mask(unit -> false).kept());
    }

    @Test
    void aRejectedTailIsAnErrorThatNamesTheShape() {
        var e = assertThrows(
                ShapeException.class, () -> new SparsityPattern.Blocks(2, 2, SparsityPattern.Remainder.REJECTED)
                        .units(SHAPE, Optional.empty()));

        assertTrue(e.getMessage().contains("2x2") && e.getMessage().contains("[3, 4]"), e.getMessage());
        assertEquals(2, new SparsityPattern.Blocks(3, 2, SparsityPattern.Remainder.REJECTED)
                .units(SHAPE, Optional.empty()).count());
    }

    @Test
    void anEmptyBlockIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SparsityPattern.blocks(0, 4));
    }

    private static int[] unitOf(Units units) {
        return IntStream.range(0, units.shape().size()).map(units::of).toArray();
    }
}

package org.espalier.examples.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GridTest {
    @Test
    void aSmallMatrixHasACellForEachElement() {
        var grid = Grid.ofKept(2, 3, i -> i == 1 || i == 5);

        assertEquals(2, grid.height());
        assertEquals(3, grid.width());
        assertArrayEquals(new byte[] {0, -1, 0, 0, 0, -1}, grid.shades());
    }

    @Test
    void aLargeOneHasSeveralElementsInACell() {
        // 2,000 columns: two to a cell; one of the first two is kept, both of the last
        var grid = Grid.ofKept(1, 2000, i -> i == 0 || i > 1997);

        assertEquals(1000, grid.width());
        byte[] shades = grid.shades();
        assertEquals(127, shades[0]);
        assertEquals(0, shades[1]);
        assertEquals(-1, shades[999]);
    }

    @Test
    void damagedCellsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Grid(1, 1, "AAAA").shades());
        assertThrows(IllegalArgumentException.class, () -> new Grid(2, 2, Grid.of(1, 1, new byte[1]).cells()).shades());
        assertThrows(IllegalArgumentException.class, () -> new Grid(1 << 20, 1 << 20, ""));
    }
}

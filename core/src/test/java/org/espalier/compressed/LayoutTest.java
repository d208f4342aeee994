package org.espalier.compressed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LayoutTest {
    @Test
    void onlyAllWritesWhatIsNotKept() {
        assertArrayEquals(new boolean[] {true, true, true}, Layout.ALL.entries(3, i -> i == 2).among(3));
        assertArrayEquals(new int[] {2}, Layout.GAPS.entries(4, i -> i == 2).list());
        assertArrayEquals(new int[] {0, 3}, Layout.BITMAP.entries(4, i -> i % 3 == 0).list());
    }

    @Test
    void namesAreThoseOfTheFile() {
        assertEquals("all", Layout.ALL.toString());
        assertEquals("bitmap", Layout.BITMAP.toString());
        assertEquals("gaps", Layout.GAPS.toString());
    }
}

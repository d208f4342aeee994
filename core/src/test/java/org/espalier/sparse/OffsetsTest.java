package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class OffsetsTest {
    @Test
    void rowsOfTheSameCountKeepTheirOrder() {
        assertArrayEquals(new int[] {1, 3, 0, 4, 2}, Offsets.descending(new int[] {2, 7, 0, 7, 2}));
        assertArrayEquals(new int[0], Offsets.descending(new int[0]));
    }
}

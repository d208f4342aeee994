package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class SliceTest {

    @Test
    void masksOutARowAColumnOrAnElement() {
        var matrix = Shape.of(2, 3);
        assertEquals(Mask.of(matrix, i -> i < 3), new Slice("w", 0, 1).maskOut(matrix));
        assertEquals(Mask.of(matrix, i -> i % 3 != 2), new Slice("w", 1, 2).maskOut(matrix));
        assertEquals(Mask.of(Shape.of(4), i -> i != 3), new Slice("b", 0, 3).maskOut(Shape.of(4)));
    }

    @Test
    void listsItsElementsInRowMajorOrder() {
        var shape = Shape.of(2, 3, 2);
        assertArrayEquals(new int[] {6, 7, 8, 9, 10, 11}, new Slice("w", 0, 1).elements(shape).toArray());
        assertArrayEquals(new int[] {2, 3, 8, 9}, new Slice("w", 1, 1).elements(shape).toArray());
        assertArrayEquals(new int[] {1, 3, 5, 7, 9, 11}, new Slice("w", 2, 1).elements(shape).toArray());
        assertArrayEquals(new int[0], new Slice("w", 1, 1).elements(Shape.of(0, 3)).toArray());
    }

    @Test
    void saysWhatItIs() {
        assertEquals("fc2.weight[axis 1, 17]", new Slice("fc2.weight", 1, 17).toString());
    }
}

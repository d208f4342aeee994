package org.espalier.prune.structure;

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
    void saysWhatItIs() {
        assertEquals("fc2.weight[axis 1, 17]", new Slice("fc2.weight", 1, 17).toString());
    }
}

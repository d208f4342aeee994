package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class KeptIndicesTest {
    private final KeptIndices survivors = new KeptIndices(Shape.of(3, 4), new int[] {0, 2}, new int[] {1, 2, 3});

    @Test
    void tensorsKeepTheRowsAndColumnsThatAreLeft() {
        var tensor = Tensor.of(Shape.of(3, 4), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        var left = survivors.of(tensor);
        assertEquals(Shape.of(2, 3), left.shape());
        assertArrayEquals(new float[] {1, 2, 3, 9, 10, 11}, left.toArray());
    }

    @Test
    void masksKeepTheSameElements() {
        var mask = Mask.of(Shape.of(3, 4), i -> i == 2 || i == 4 || i == 9);
        assertEquals(Mask.of(Shape.of(2, 3), i -> i == 1 || i == 3), survivors.of(mask));
    }

    @Test
    void twoInARowSelectLikeTheFirstAndThenTheSecond() {
        var next = new KeptIndices(Shape.of(2, 3), new int[] {1}, new int[] {0, 2});
        var both = survivors.then(next);
        assertArrayEquals(new int[] {2}, both.along(0));
        assertArrayEquals(new int[] {1, 3}, both.along(1));
        assertEquals(Shape.of(3, 4), both.before());
        assertFalse(both.isEmpty());
        assertTrue(KeptIndices.none(Shape.of(3, 4)).isEmpty());
        assertTrue(KeptIndices.all(Shape.of(3, 4)).all());
    }

    @Test
    void anotherShapeIsRefused() {
        assertThrows(ShapeException.class, () -> survivors.of(Tensor.zeros(Shape.of(2, 3))));
        assertThrows(ShapeException.class, () -> survivors.of(Mask.all(Shape.of(4, 3))));
    }

    @Test
    void saysWhetherAnythingWentAndWhat() {
        assertFalse(survivors.all());
        assertTrue(new KeptIndices(Shape.of(1), new int[] {0}).all());
        assertEquals("[3, 4] → [2, 3]", survivors.toString());
    }
}

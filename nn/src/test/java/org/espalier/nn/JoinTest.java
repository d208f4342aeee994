package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class JoinTest {
    @Test
    void shapesThatDoNotFitAreRefused() {
        var one = Tensor.zeros(Shape.of(1, 1));
        var two = Tensor.zeros(Shape.of(1, 2));
        for (var join : List.of(Join.sum(), Join.product())) {
            var e = assertThrows(ShapeException.class, () -> join.join(List.of(one, two), Mode.inference()));
            assertTrue(e.getMessage().contains("[1, 1] and [1, 2]"), e.getMessage());
        }
        var rows = Tensor.zeros(Shape.of(2, 1));
        assertThrows(ShapeException.class, () -> Join.concat().join(List.of(one, rows), Mode.inference()));
    }

    @Test
    void aJoinOfOneInputIsThatInput() {
        var x = Tensor.of(Shape.of(1, 2), 1, 2);
        for (var join : List.of(Join.sum(), Join.product(), Join.concat())) {
            assertArrayEquals(x.toArray(), join.forward(x).toArray());
        }
    }
}

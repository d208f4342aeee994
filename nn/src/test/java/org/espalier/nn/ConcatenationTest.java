package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ConcatenationTest {
    @Test
    void joinsInOrder() {
        var a = Tensor.of(Shape.of(1, 2), 1, 2);
        var b = Tensor.of(Shape.of(1, 2), 10, 20);

        assertArrayEquals(new float[] {1, 2, 10, 20}, Join.concat().join(List.of(a, b), Mode.inference()).toArray());
    }

    @Test
    void equalsAndReadsBackAsItself() {
        assertEquals(Join.concat(), Layers.copy(Join.concat()));
        assertEquals("Concatenation", Join.concat().toString());
    }
}

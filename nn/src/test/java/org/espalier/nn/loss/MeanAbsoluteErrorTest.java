package org.espalier.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MeanAbsoluteErrorTest {
    private static final Loss LOSS = Loss.meanAbsoluteError();

    @Test
    void distancesAreAveragedOverAllElements() {
        // (1 + 2 + 0 + 3) / 4
        var output = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4).withGrad();
        var target = Tensor.of(Shape.of(2, 2), 0, 4, 3, 1);

        var loss = LOSS.value(output, target);

        assertEquals(1.5f, loss.item());
        // sign(output − target) / 4, and 0 where they agree
        assertArrayEquals(new float[] {0.25f, -0.25f, 0, 0.25f}, loss.backward().of(output).toArray());
    }

    @Test
    void nothingIsBroadcast() {
        assertThrows(ShapeException.class, () -> LOSS.value(Tensor.zeros(Shape.of(3, 1)), Tensor.zeros(Shape.of(3))));
    }
}

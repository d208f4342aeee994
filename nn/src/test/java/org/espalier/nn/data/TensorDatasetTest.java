package org.espalier.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TensorDatasetTest {

    @Test
    void aBatchIsTheRowsAskedFor() {
        var data = DatasetTest.numbered(5);
        assertEquals(5, data.size());
        var batch = data.batch(3, 0);
        assertArrayEquals(new float[] {30, 31, 0, 1}, batch.inputs().toArray());
        assertArrayEquals(new float[] {3, 0}, batch.targets().toArray());
        assertThrows(IndexOutOfBoundsException.class, () -> data.batch(5));
    }

    @Test
    void targetsMayHaveSeveralValues() {
        var data = Dataset.of(Tensor.zeros(Shape.of(2, 3)), Tensor.of(Shape.of(2, 2), 1, 2, 3, 4));
        assertArrayEquals(new float[] {3, 4}, data.batch(1).targets().toArray());
        assertThrows(ShapeException.class, () -> Dataset.of(Tensor.zeros(Shape.of(2)), Tensor.zeros(Shape.of(3))));
    }
}

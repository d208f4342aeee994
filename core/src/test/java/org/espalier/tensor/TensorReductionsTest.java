package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorReductionsTest {
    private final Tensor x = Tensor.of(Shape.of(2, 3), 3, -1, 2, 0, 5, -4);

    @Test
    void productsAreTakenOverAxes() {
        assertArrayEquals(new float[] {-6, -0f}, x.prod(1).toArray());
        assertArrayEquals(new float[] {0, -5, -8}, x.prod(true, 0).toArray());
        assertEquals(Shape.of(1, 3), x.prod(true, 0).shape());
        assertEquals(0, x.prod().item());
        assertEquals(120, Tensor.arange(1, 6, 1).prod().item());
        assertArrayEquals(new float[] {1, 1}, Tensor.zeros(Shape.of(2, 0)).prod(1).toArray());
        assertEquals(5, Tensor.scalar(5).prod().item());
        var cube = Tensor.of(Shape.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
        assertArrayEquals(new float[] {1 * 2 * 5 * 6, 3 * 4 * 7 * 8}, cube.prod(0, 2).toArray());
    }

    @Test
    void theGradientOfAProductIsThatOfTheOthersEvenAtZero() {
        var row = Tensor.vector(0, 2, 3, 4, 5).withGrad();
        assertArrayEquals(new float[] {120, 0, 0, 0, 0}, row.prod().backward().of(row).toArray());
        var first = row.prod().backwardWithGraph().of(row);
        assertArrayEquals(new float[] {0, 60, 40, 30, 24}, first.slice(0, 0, 1).sum().backward().of(row).toArray());
    }

    @Test
    void sumsRunAlongAnAxis() {
        assertArrayEquals(new float[] {3, 2, 4, 0, 5, 1}, x.cumsum(1).toArray());
        assertArrayEquals(new float[] {3, -1, 2, 3, 4, -2}, x.cumsum(0).toArray());
        var leaf = x.withGrad();
        assertArrayEquals(new float[] {3, 2, 1, 3, 2, 1}, leaf.cumsum(-1).sum().backward().of(leaf).toArray());
    }

    @Test
    void extremesAreFoundAlongAnyAxis() {
        assertArrayEquals(new int[] {0, 1}, x.argmax());
        assertArrayEquals(new int[] {0, 1, 0}, x.argmax(0));
        assertArrayEquals(new int[] {1, 2}, x.argmin());
        assertArrayEquals(new int[] {1, 0, 1}, x.argmin(0));
        assertArrayEquals(new float[] {0, -1, -4}, x.min(0).toArray());
        assertEquals(Shape.of(2, 1), x.min(true, 1).shape());
        var top = x.topK(1, 0);
        assertEquals(Shape.of(1, 3), top.values().shape());
        assertArrayEquals(new float[] {3, 5, 2}, top.values().toArray());
        var both = x.topK(2, 0);
        assertArrayEquals(new int[] {0, 1, 0, 1, 0, 1}, both.indices());
        assertArrayEquals(new float[] {3, 5, 2, 0, -1, -4}, both.values().toArray());
    }

    @Test
    void softmaxOfAnotherAxisIsThatOfTheTranspose() {
        assertArrayEquals(x.transpose().softmax().transpose().toArray(), x.softmax(0).toArray());
        assertArrayEquals(x.transpose().logSoftmax().transpose().toArray(), x.logSoftmax(0).toArray());
        assertArrayEquals(x.softmax().toArray(), x.softmax(1).toArray());
        assertThrows(ShapeException.class, () -> x.softmax(2));
    }
}

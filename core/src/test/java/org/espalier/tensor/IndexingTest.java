package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IndexingTest {
    private final Tensor x = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

    @Test
    void elementsAreTakenByTheirNumbers() {
        assertArrayEquals(new float[] {6, 1, 1, 4}, x.take(Shape.of(2, 2), 5, 0, 0, 3).toArray());
        var leaf = x.withGrad();
        var gradient = leaf.take(Shape.of(3), 5, 0, 0).backward(Tensor.vector(1, 10, 100)).of(leaf);
        assertArrayEquals(new float[] {110, 0, 0, 0, 0, 1}, gradient.toArray());
    }

    /** The example of PyTorch's {@code gather}: out[i][j] = x[index[i][j]][j] along axis 0. */
    @Test
    void elementsAreGatheredAlongAnAxis() {
        assertArrayEquals(new float[] {4, 2, 6}, x.gatherElements(0, Shape.of(1, 3), 1, 0, 1).toArray());
        assertArrayEquals(new float[] {3, 1, 6, 6}, x.gatherElements(1, Shape.of(2, 2), 2, 0, -1, 2).toArray());
        assertEquals(Shape.of(2, 0), x.gatherElements(1, Shape.of(2, 0)).shape());
        var thrown = assertThrows(ShapeException.class, () -> x.gatherElements(1, Shape.of(1, 1), 3));
        assertEquals("gatherElements: index 3 is not within size 3: [2, 3] and [1, 1]", thrown.getMessage());
        assertThrows(ShapeException.class, () -> x.gatherElements(1, Shape.of(3, 1), 0, 0, 0));
        assertThrows(ShapeException.class, () -> x.gatherElements(1, Shape.of(2), 0, 0));
    }

    @Test
    void scatteringUndoesGathering() {
        var values = Tensor.matrix(new float[] {7}, new float[] {8});
        assertArrayEquals(new float[] {1, 2, 7, 8, 5, 6}, x.scatterElements(1, values, 2, 0).toArray());
        assertArrayEquals(new float[] {1, 2, 10, 12, 5, 6}, x.scatterAdd(1, values, 2, 0).toArray());
        var twice = Tensor.matrix(new float[] {Float.NaN, 9});
        assertArrayEquals(new float[] {1, 9, 3, 4, 5, 6}, x.scatterElements(1, twice, 1, 1).toArray());
        assertArrayEquals(new float[] {1, 13, 3, 4, 5, 6},
                x.scatterAdd(1, Tensor.matrix(new float[] {2, 9}), 1, 1).toArray());
    }

    @Test
    void gradientsOfScatteredElementsGoToTheValuesThatStayed() {
        var base = x.withGrad();
        var values = Tensor.matrix(new float[] {7, 9}).withGrad();
        var seed = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        var gradients = base.scatterElements(1, values, 1, 1).backward(seed);
        assertArrayEquals(new float[] {1, 0, 3, 4, 5, 6}, gradients.of(base).toArray());
        assertArrayEquals(new float[] {0, 2}, gradients.of(values).toArray());
    }

    @Test
    void rowsAreGatheredWithRepeats() {
        assertArrayEquals(new float[] {4, 5, 6, 4, 5, 6}, x.gather(0, 1, 1).toArray());
        assertArrayEquals(new float[] {3, 1, 6, 4}, x.gather(-1, 2, 0).toArray());
    }
}

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

    private static String refusal(Runnable action) {
        return assertThrows(ShapeException.class, action::run).getMessage();
    }

    @Test
    void elementsThatAreNotThereAreNotTaken() {
        assertEquals("take: index 6 is not within size 6: [2, 3]", refusal(() -> x.take(Shape.of(1), 6)));
        assertEquals("take: index -1 is not within size 6: [2, 3]", refusal(() -> x.take(Shape.of(1), -1)));
        assertEquals("take: 1 indices for a result [2]: [2, 3]", refusal(() -> x.take(Shape.of(2), 0)));
    }

    /** Row 3 of the first matrix would be the first of the next. */
    @Test
    void rowsThatAreNotThereAreNotGathered() {
        assertEquals("gather: index 3 is not within size 3: [2, 3]", refusal(() -> x.gather(1, 3)));
        assertEquals("gather: index -1 is not within size 2: [2, 3]", refusal(() -> x.gather(0, -1)));
    }

    @Test
    void nothingIsAddedToWhatIsNotThere() {
        var two = Tensor.vector(5, 7);
        assertEquals("putAdd: index 4 is not within size 4: [2]",
                refusal(() -> Op.apply(new Indexing.PutAdd(Shape.of(4), new int[] {0, 4}), two)));
        assertEquals("putAdd: 1 indices for the elements: [2]",
                refusal(() -> Op.apply(new Indexing.PutAdd(Shape.of(4), new int[] {0}), two)));
        assertEquals("scatterAdd: index 2 is not within size 2: [2]",
                refusal(() -> Op.apply(new Indexing.ScatterAdd(0, new int[] {0, 2}, 2), two)));
        assertEquals("scatterAdd: 1 indices for axis 0: [2]",
                refusal(() -> Op.apply(new Indexing.ScatterAdd(0, new int[] {0}, 2), two)));
    }

    @Test
    void theMiddleAxisOfACubeIsGatheredAndItsGradientAdded() {
        var cube = Tensor.of(Shape.of(2, 3, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12).withGrad();
        var rows = cube.gather(1, 2, 0);
        assertArrayEquals(new float[] {5, 6, 1, 2, 11, 12, 7, 8}, rows.toArray());
        var seed = Tensor.of(Shape.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
        assertArrayEquals(new float[] {3, 4, 0, 0, 1, 2, 7, 8, 0, 0, 5, 6}, rows.backward(seed).of(cube).toArray());
    }

    @Test
    void rowsAreAddedWhereTheirIndicesSay() {
        var cube = Tensor.of(Shape.of(2, 3, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12).withGrad();
        var sums = Op.apply(new Indexing.ScatterAdd(1, new int[] {2, 0, 2}, 4), cube);
        assertEquals(Shape.of(2, 4, 2), sums.shape());
        assertArrayEquals(new float[] {3, 4, 0, 0, 6, 8, 0, 0, 9, 10, 0, 0, 18, 20, 0, 0}, sums.toArray());
        var seed = Tensor.of(Shape.of(2, 4, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
        assertArrayEquals(
                new float[] {5, 6, 1, 2, 5, 6, 13, 14, 9, 10, 13, 14}, sums.backward(seed).of(cube).toArray());
    }

    @Test
    void gradientsOfAddedElementsGoBackToThem() {
        var values = Tensor.vector(5, 7, 9).withGrad();
        var sums = Op.apply(new Indexing.PutAdd(Shape.of(2, 2), new int[] {3, 0, 3}), values);
        assertArrayEquals(new float[] {7, 0, 0, 14}, sums.toArray());
        var seed = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
        assertArrayEquals(new float[] {4, 1, 4}, sums.backward(seed).of(values).toArray());
    }

    /** A range that ends just inside the axis is taken, one step further it is refused, also where nothing is left. */
    @Test
    void rangesMayGoUpToTheEndOfTheirAxis() {
        assertArrayEquals(new float[] {1, 3, 4, 6}, x.slice(1, 0, 4, 2).toArray());
        assertEquals("slice: [0, 4) by 3 is not within axis 1 of size 3: [2, 3]", refusal(() -> x.slice(1, 0, 4, 3)));
        assertEquals("slice: [3, 0) by -1 is not within axis 1 of size 3: [2, 3]",
                refusal(() -> x.slice(1, 3, 0, -1)));
        assertEquals("slice: [-1, 2) by 1 is not within axis 1 of size 3: [2, 3]",
                refusal(() -> x.slice(1, -1, 2, 1)));
        assertEquals("slice: [2, -2) by -1 is not within axis 1 of size 3: [2, 3]",
                refusal(() -> x.slice(1, 2, -2, -1)));
        assertEquals("slice: [0, 2) by 0 is not within axis 1 of size 3: [2, 3]", refusal(() -> x.slice(1, 0, 2, 0)));
        assertEquals(Shape.of(2, 0), x.slice(1, 0, 0, 1).shape());
        assertEquals(Shape.of(2, 0), x.slice(1, 3, 3, 1).shape());
        assertEquals(Shape.of(2, 0), x.slice(1, 3, 1, 5).shape());
    }

    /** out[i][0][k] = cube[i][index[i][0][k]][k]; along the axis itself there may be more indices than elements. */
    @Test
    void elementsAreGatheredAlongAMiddleAxis() {
        var cube = Tensor.of(Shape.of(2, 3, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertArrayEquals(
                new float[] {5, 2, 9, 12}, cube.gatherElements(1, Shape.of(2, 1, 2), 2, 0, 1, 2).toArray());
        assertArrayEquals(new float[] {1, 2, 3, 1}, x.gatherElements(1, Shape.of(1, 4), 0, 1, 2, -3).toArray());
        assertEquals("gatherElements: index -4 is not within size 3: [2, 3] and [1, 1]",
                refusal(() -> x.gatherElements(1, Shape.of(1, 1), -4)));
        assertEquals("gatherElements: the indices are larger along axis 0: [2, 3] and [3, 1]",
                refusal(() -> x.gatherElements(1, Shape.of(3, 1), 0, 0, 0)));
        assertEquals("gatherElements: 1 indices of a shape of another rank or size: [2, 3] and [2, 2]",
                refusal(() -> x.gatherElements(1, Shape.of(2, 2), 0)));
        assertEquals("scatterElements: index 3 is not within size 3: [2, 3] and [1, 1]",
                refusal(() -> x.scatterElements(1, Tensor.zeros(Shape.of(1, 1)), 3)));
    }
}

package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MovementTest {
    private final Tensor x = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

    @Test
    void reshapingSharesTheStorage() {
        var flat = x.reshape(-1);
        assertEquals(Shape.of(6), flat.shape());
        assertSame(Storage.array(x), Storage.array(flat));
        assertSame(x, x.reshape(2, -1));
    }

    @Test
    void transposingMovesNothingUntilTheElementsAreAskedFor() {
        var transposed = x.transpose();
        assertNotNull(transposed.transposeSource());
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, transposed.toArray());
        assertSame(Storage.array(x), Storage.array(transposed.transpose()));
        assertNull(transposed.transpose().transposeSource());
    }

    @Test
    void transposingExchangesTheLastTwoAxesOfEveryMatrix() {
        var stack = Tensor.of(Shape.of(2, 1, 2), 1, 2, 3, 4).transpose();
        assertEquals(Shape.of(2, 2, 1), stack.shape());
        assertArrayEquals(new float[] {1, 2, 3, 4}, stack.toArray());
        assertEquals(Shape.of(0, 5, 3), Tensor.zeros(Shape.of(0, 3, 5)).transpose().shape());
        assertArrayEquals(new float[0], Tensor.zeros(Shape.of(0, 3, 5)).transpose().toArray());
    }

    @Test
    void permutingTakesTheCheapestWay() {
        assertSame(x, x.permute(0, 1));
        assertSame(x, x.permute(-2, -1));
        assertNotNull(x.permute(1, 0).transposeSource());
        assertNotNull(Tensor.zeros(Shape.of(2, 3, 4)).permute(0, 2, 1).transposeSource());
        assertNull(Tensor.zeros(Shape.of(2, 3, 4)).permute(1, 0, 2).transposeSource());
    }

    @Test
    void permutingPutsAxisOrderIAtPlaceI() {
        var cube = Tensor.of(Shape.of(1, 2, 3), 1, 2, 3, 4, 5, 6).permute(2, 0, 1);
        assertEquals(Shape.of(3, 1, 2), cube.shape());
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, cube.toArray());
    }

    @Test
    void anOrderThatIsNoPermutationIsRefused() {
        assertThrows(ShapeException.class, () -> x.permute(0, 0));
        assertThrows(ShapeException.class, () -> x.permute(0));
        assertThrows(ShapeException.class, () -> x.permute(0, 1, 2));
        assertThrows(ShapeException.class, () -> x.permute(0, 2));
    }

    @Test
    void slicesAndPaddingUndoEachOther() {
        var leaf = x.withGrad();
        var middle = leaf.slice(1, 1, 2);
        assertArrayEquals(new float[] {2, 5}, middle.toArray());
        assertArrayEquals(new float[] {0, 1, 0, 0, 1, 0}, middle.sum().backward().of(leaf).toArray());
        assertEquals(Shape.of(2, 0), x.slice(-1, 3, 3).shape());
    }

    @Test
    void gatheringRepeatsRowsAndAddsTheirGradients() {
        var leaf = x.withGrad();
        var rows = leaf.gather(0, 1, 0, 1);
        assertArrayEquals(new float[] {4, 5, 6, 1, 2, 3, 4, 5, 6}, rows.toArray());
        var gradient = rows.backward(Tensor.of(Shape.of(3, 3), 1, 1, 1, 2, 2, 2, 4, 4, 4)).of(leaf);
        assertArrayEquals(new float[] {2, 2, 2, 5, 5, 5}, gradient.toArray());
        assertArrayEquals(new float[] {3, 3, 6, 6}, x.gather(1, 2, 2).toArray());
    }

    @Test
    void indicesAreCopied() {
        int[] indices = {0};
        var leaf = x.withGrad();
        var row = leaf.gather(0, indices);
        indices[0] = 1;
        assertArrayEquals(new float[] {1, 1, 1, 0, 0, 0}, row.sum().backward().of(leaf).toArray());
    }

    @Test
    void expandingRepeatsWithoutTouchingOtherAxes() {
        var column = Tensor.of(Shape.of(2, 1), 7, 8);
        assertArrayEquals(new float[] {7, 7, 7, 8, 8, 8}, column.expand(Shape.of(2, 3)).toArray());
        assertArrayEquals(new float[] {7, 8, 7, 8}, column.expand(Shape.of(2, 2, 1)).toArray());
        assertSame(column, column.expand(Shape.of(2, 1)));
        assertEquals(0, column.expand(Shape.of(2, 0)).size());
        assertThrows(ShapeException.class, () -> column.expand(Shape.of(3, 1)));
    }
}

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
    private final Tensor cube = Tensor.of(Shape.of(2, 3, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

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

    private static Tensor counting(int... dims) {
        var shape = Shape.of(dims);
        var numbers = new float[shape.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i + 1;
        }
        return Tensor.of(shape, numbers);
    }

    private static String refusal(Runnable action) {
        return assertThrows(ShapeException.class, action::run).getMessage();
    }

    @Test
    void theMiddleAxisIsSlicedAndPadded() {
        var leaf = cube.withGrad();
        var rows = leaf.slice(1, 1, 3);
        assertArrayEquals(new float[] {3, 4, 5, 6, 9, 10, 11, 12}, rows.toArray());
        assertArrayEquals(new float[] {0, 0, 1, 2, 3, 4, 0, 0, 5, 6, 7, 8},
                rows.backward(counting(2, 2, 2)).of(leaf).toArray());
        var padded = leaf.pad(1, 1, 2);
        assertArrayEquals(new float[] {
            0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0, 7, 8, 9, 10, 11, 12, 0, 0, 0, 0
        }, padded.toArray());
        assertArrayEquals(new float[] {3, 4, 5, 6, 7, 8, 15, 16, 17, 18, 19, 20},
                padded.backward(counting(2, 6, 2)).of(leaf).toArray());
        assertArrayEquals(new float[] {1, 2, 3, 0, 4, 5, 6, 0}, x.pad(1, 0, 1).toArray());
        assertArrayEquals(new float[] {0, 1, 2, 3, 0, 4, 5, 6}, x.pad(1, 1, 0).toArray());
    }

    @Test
    void threeTensorsAreConcatenatedAlongTheirMiddleAxis() {
        var a = counting(2, 1, 2).withGrad();
        var b = counting(2, 2, 2).plus(Tensor.scalar(4)).withGrad();
        var c = counting(2, 1, 2).plus(Tensor.scalar(12)).withGrad();
        var whole = Tensor.concat(1, a, b, c);
        assertArrayEquals(new float[] {1, 2, 5, 6, 7, 8, 13, 14, 3, 4, 9, 10, 11, 12, 15, 16}, whole.toArray());
        var gradients = whole.backward(counting(2, 4, 2));
        assertArrayEquals(new float[] {1, 2, 9, 10}, gradients.of(a).toArray());
        assertArrayEquals(new float[] {3, 4, 5, 6, 11, 12, 13, 14}, gradients.of(b).toArray());
        assertArrayEquals(new float[] {7, 8, 15, 16}, gradients.of(c).toArray());
        assertEquals("concat: needs at least one tensor", refusal(() -> Tensor.concat(0)));
        assertEquals("concat: all sizes but that of axis 1 must be equal: [2, 3] and [3, 2]",
                refusal(() -> Tensor.concat(1, x, Tensor.zeros(Shape.of(3, 2)))));
    }

    @Test
    void gradientsGoBackThroughOrdersAndRepeats() {
        var leaf = Tensor.of(Shape.of(1, 2, 3), 1, 2, 3, 4, 5, 6).withGrad();
        assertArrayEquals(new float[] {1, 3, 5, 2, 4, 6},
                leaf.permute(2, 0, 1).backward(counting(3, 1, 2)).of(leaf).toArray());
        assertArrayEquals(new float[] {1, 3, 5, 2, 4, 6},
                leaf.transpose().backward(counting(1, 3, 2)).of(leaf).toArray());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6},
                leaf.reshape(3, 2).backward(counting(3, 2)).of(leaf).toArray());
        var column = Tensor.of(Shape.of(2, 1), 7, 8).withGrad();
        assertArrayEquals(new float[] {6, 15},
                column.expand(Shape.of(2, 3)).backward(counting(2, 3)).of(column).toArray());
        assertArrayEquals(new float[] {4, 6},
                column.expand(Shape.of(2, 2, 1)).backward(counting(2, 2, 1)).of(column).toArray());
    }

    @Test
    void anAxisMovesWithItsElements() {
        assertArrayEquals(new float[] {1, 7, 2, 8, 3, 9, 4, 10, 5, 11, 6, 12}, cube.moveAxis(0, 2).toArray());
        assertArrayEquals(new float[] {1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12}, cube.moveAxis(2, 0).toArray());
        assertArrayEquals(new float[] {1, 3, 5, 2, 4, 6, 7, 9, 11, 8, 10, 12}, cube.moveAxis(1, 2).toArray());
        assertThrows(ShapeException.class, () -> x.permute(1, 1));
    }

    /** Ops that share storage can write a copy as well. */
    @Test
    void sharedElementsCanBeCopied() {
        var reshaped = new float[6];
        new Movement.Reshape(Shape.of(3, 2)).forward(reshaped, x);
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, reshaped);
        var transposed = new float[6];
        new Movement.Transpose().forward(transposed, x);
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, transposed);
    }

    @Test
    void anAxisMayHaveTheLargestSizeButNoMore() {
        int largest = Integer.MAX_VALUE;
        var none = Tensor.zeros(Shape.of(0, 5));
        assertEquals(Shape.of(0, largest), none.pad(1, largest - 5, 0).shape());
        assertEquals("pad: axis 1 would pass 2^31 - 1: [0, 5]", refusal(() -> none.pad(1, largest - 5, 1)));
        var thin = Tensor.zeros(Shape.of(0, 1));
        assertEquals(Shape.of(0, largest), thin.tile(1, largest).shape());
        var message = refusal(() -> Tensor.zeros(Shape.of(0, 2)).tile(1, largest));
        assertEquals("tile: cannot repeat [1, 2147483647] times: [0, 2]", message);
        assertEquals("tile: cannot repeat [1, -1] times: [2, 3]", refusal(() -> x.tile(1, -1)));
    }

    @Test
    void piecesThatAreNotThereAreRefused() {
        assertEquals("slice: [-1, 2) is not within axis 1 of size 3: [2, 3]", refusal(() -> x.slice(1, -1, 2)));
        assertEquals("slice: [2, 1) is not within axis 1 of size 3: [2, 3]", refusal(() -> x.slice(1, 2, 1)));
        assertEquals("slice: [2, 4) is not within axis 1 of size 3: [2, 3]", refusal(() -> x.slice(1, 2, 4)));
        assertEquals("pad: negative padding 0, -1: [2, 3]", refusal(() -> x.pad(1, 0, -1)));
        assertEquals("reshape: the number of elements must stay: [2, 3] and [5]",
                refusal(() -> x.reshape(Shape.of(5))));
        assertEquals("expand: only axes of size 1 can grow: [2, 3] and [1, 3]",
                refusal(() -> x.expand(Shape.of(1, 3))));
    }
}

package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorShapingTest {
    private final Tensor x = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

    private static String refusal(Runnable action) {
        return assertThrows(ShapeException.class, action::run).getMessage();
    }

    @Test
    void axesOfSizeOneComeAndGo() {
        var wide = x.reshape(1, 2, 1, 3);
        assertEquals(Shape.of(2, 3), wide.squeeze().shape());
        assertEquals(Shape.of(2, 1, 3), wide.squeeze(0).shape());
        assertEquals(Shape.of(2, 3), wide.squeeze(-2, 0).shape());
        assertEquals(Shape.scalar(), Tensor.zeros(Shape.of(1, 1)).squeeze().shape());
        assertEquals("squeeze: axis 1 has size 2, not 1: [1, 2, 1, 3]", refusal(() -> wide.squeeze(1)));
    }

    @Test
    void axesAreFlattenedInARange() {
        var cube = Tensor.zeros(Shape.of(2, 3, 4, 5));
        assertEquals(Shape.of(120), cube.flatten().shape());
        assertEquals(Shape.of(2, 60), cube.flatten(1, -1).shape());
        assertEquals(Shape.of(2, 12, 5), cube.flatten(1, 2).shape());
        assertEquals(Shape.of(2, 3, 4, 5), cube.flatten(1, 1).shape());
        assertEquals("flatten: axis 2 is behind axis 1: [2, 3, 4, 5]", refusal(() -> cube.flatten(2, 1)));
    }

    @Test
    void oneAxisMovesAndTheOthersKeepTheirOrder() {
        var cube = Tensor.zeros(Shape.of(2, 3, 4, 5));
        assertEquals(Shape.of(3, 4, 5, 2), cube.moveAxis(0, -1).shape());
        assertEquals(Shape.of(5, 2, 3, 4), cube.moveAxis(-1, 0).shape());
        assertEquals(Shape.of(2, 4, 3, 5), cube.moveAxis(1, 2).shape());
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, x.moveAxis(0, 1).toArray());
    }

    /** NumPy: tile([[1, 2, 3], [4, 5, 6]], (2, 1)) and so on. */
    @Test
    void tilesAreLaidOutWhole() {
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6}, x.tile(2, 1).toArray());
        assertArrayEquals(new float[] {1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6}, x.tile(1, 2).toArray());
        assertEquals(Shape.of(3, 2, 3), x.tile(3, 1, 1).shape());
        assertEquals(Shape.of(0, 3), x.tile(0, 1).shape());
        assertEquals("tile: 1 repeats for a tensor of rank 2: [2, 3]", refusal(() -> x.tile(2)));
    }

    @Test
    void slicesStepInBothDirections() {
        assertArrayEquals(new float[] {1, 3, 4, 6}, x.slice(1, 0, 3, 2).toArray());
        assertArrayEquals(new float[] {3, 2, 6, 5}, x.slice(1, 2, 0, -1).toArray());
        assertArrayEquals(new float[] {6, 5, 4, 3, 2, 1}, x.flip().toArray());
        assertArrayEquals(new float[] {4, 5, 6, 1, 2, 3}, x.flip(0).toArray());
        assertEquals(Shape.of(2, 0), x.slice(1, 2, 1, 1).shape());
        assertEquals(Shape.of(0, 3), Tensor.zeros(Shape.of(0, 3)).flip().shape());
        assertEquals("slice: [0, 5) by 2 is not within axis 1 of size 3: [2, 3]", refusal(() -> x.slice(1, 0, 5, 2)));
        assertThrows(ShapeException.class, () -> x.slice(1, 0, 2, 0));
    }

    @Test
    void anIndexSelectsAndItsAxisDisappears() {
        assertArrayEquals(new float[] {2, 5}, x.select(1, 1).toArray());
        assertEquals(Shape.of(3), x.select(0, 1).shape());
        assertArrayEquals(new float[] {3, 6}, x.select(-1, 2).toArray());
        assertThrows(ShapeException.class, () -> x.select(0, 2));
    }

    @Test
    void piecesAddUpToTheWhole() {
        var pieces = x.split(1, 1, 0, 2);
        assertEquals(3, pieces.size());
        assertArrayEquals(new float[] {1, 4}, pieces.get(0).toArray());
        assertEquals(Shape.of(2, 0), pieces.get(1).shape());
        assertArrayEquals(x.toArray(), Tensor.concat(1, pieces.toArray(Tensor[]::new)).toArray());
        assertEquals("split: sizes [1, 1] are not those of axis 1: [2, 3]", refusal(() -> x.split(1, 1, 1)));
        assertThrows(ShapeException.class, () -> x.split(1, -1, 4));
    }

    @Test
    void paddingSurrounds() {
        assertArrayEquals(new float[] {0, 1, 2, 3, 0, 0, 4, 5, 6, 0}, x.pad(1, 1, 1).toArray());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 9, 9, 9}, x.pad(0, 0, 1, 9).toArray());
        assertThrows(ShapeException.class, () -> x.pad(0, -1, 0));
        assertThrows(ShapeException.class, () -> x.pad(0, -1, 0, 9));
    }

    @Test
    void shapesWithoutElementsMayBeHugeOtherwise() {
        var none = Tensor.zeros(Shape.of(65536, 65536, 0));
        assertEquals(0, none.size());
        assertEquals(Shape.of(0, 65536, 65536), none.permute(2, 0, 1).shape());
        assertEquals(Shape.of(65536, 0, 65536), none.transpose().exp().plus(none.transpose()).shape());
        assertEquals(0, none.sum().item());
        assertEquals(Shape.of(65536, 65536, 0), Tensor.concat(2, none, none).shape());
        assertThrows(ShapeException.class, () -> none.sum(2));
        var leaf = none.withGrad();
        assertEquals(none.shape(), leaf.square().sum().backward().of(leaf).shape());
    }

    @Test
    void piecesOfNegativeSizesAreRefusedAsSuch() {
        assertEquals("split: sizes [-1, 4] are not those of axis 1: [2, 3]", refusal(() -> x.split(1, -1, 4)));
        assertEquals("split: sizes [] are not those of axis 0: [2, 3]", refusal(() -> x.split(0)));
    }

    @Test
    void oneAxisOfACubeIsTurnedRound() {
        var cube = Tensor.of(Shape.of(2, 3, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertArrayEquals(new float[] {5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8}, cube.flip(1).toArray());
        assertArrayEquals(new float[] {8, 7, 10, 9, 12, 11, 2, 1, 4, 3, 6, 5}, cube.flip(0, -1).toArray());
        assertArrayEquals(new float[] {3, 4, 9, 10}, cube.select(1, 1).toArray());
        assertEquals(Shape.of(2, 2), cube.select(-2, 1).shape());
    }

    @Test
    void aValueSurroundsTheMiddleAxis() {
        var cube = Tensor.of(Shape.of(2, 1, 2), 1, 2, 3, 4);
        assertArrayEquals(new float[] {9, 9, 1, 2, 9, 9, 9, 9, 3, 4, 9, 9}, cube.pad(1, 1, 1, 9).toArray());
        assertEquals(Shape.of(2, 4, 2), cube.pad(-2, 1, 2, 9).shape());
    }
}

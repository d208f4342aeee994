package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShapeTest {
    private static String refusal(Runnable action) {
        return assertThrows(ShapeException.class, action::run).getMessage();
    }

    @Test
    void sizeIsTheProductOfTheDims() {
        assertEquals(24, Shape.of(2, 3, 4).size());
        assertEquals(1, Shape.scalar().size());
        assertEquals(0, Shape.of(2, 0, 4).size());
        assertEquals(Integer.MAX_VALUE, Shape.of(Integer.MAX_VALUE, 1).size());
    }

    @Test
    void noDimsAreTheScalar() {
        assertSame(Shape.scalar(), Shape.of());
        assertEquals(0, Shape.scalar().rank());
    }

    @Test
    void negativeAndHugeSizesAreRefused() {
        assertEquals("shape: negative size in [2, -1]", refusal(() -> Shape.of(2, -1)));
        assertTrue(refusal(() -> Shape.of(65536, 32768)).contains("[65536, 32768]"));
        assertThrows(ShapeException.class, () -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    @Test
    void aZeroAmongTheSizesMeansNoElementsWhereverItStands() {
        assertEquals(0, Shape.of(0, 65536, 65536).size());
        assertEquals(0, Shape.of(65536, 65536, 0).size());
        assertEquals(0, Shape.of(Integer.MAX_VALUE, 0, Integer.MAX_VALUE, Integer.MAX_VALUE).size());
        assertThrows(ShapeException.class, () -> Shape.of(0, 65536, 65536).with(0, 1));
    }

    @Test
    void dimsAreCopiedInAndOut() {
        int[] dims = {2, 3};
        var shape = Shape.of(dims);
        dims[0] = 9;
        shape.dims()[1] = 9;
        assertArrayEquals(new int[] {2, 3}, shape.dims());
    }

    @Test
    void negativeAxesCountFromTheEnd() {
        var shape = Shape.of(2, 3, 4);
        assertEquals(4, shape.dim(-1));
        assertEquals(2, shape.dim(-3));
        assertEquals("dim: no axis 3 in a tensor of rank 3: [2, 3, 4]", refusal(() -> shape.dim(3)));
        assertEquals("dim: no axis -4 in a tensor of rank 3: [2, 3, 4]", refusal(() -> shape.dim(-4)));
        assertThrows(ShapeException.class, () -> Shape.scalar().dim(0));
    }

    @Test
    void axesAreResolvedSortedAndDistinct() {
        var shape = Shape.of(2, 3, 4);
        assertArrayEquals(new int[] {0, 2}, shape.axes("sum", -1, 0));
        assertArrayEquals(new int[] {0, 1, 2}, shape.axes("sum"));
        assertArrayEquals(new int[0], Shape.scalar().axes("sum"));
        assertEquals("sum: axis 2 given twice in [2, -1]: [2, 3, 4]", refusal(() -> shape.axes("sum", 2, -1)));
        assertTrue(refusal(() -> shape.axes("sum", 3)).startsWith("sum: "));
    }

    @Test
    void stridesAndSpansAreRowMajor() {
        var shape = Shape.of(2, 3, 4);
        assertArrayEquals(new int[] {12, 4, 1}, shape.strides());
        assertEquals(12, shape.span(1, 3));
        assertEquals(1, shape.span(3, 3));
        assertEquals(0, Shape.of(5, 0, 2).span(1, 3));
    }

    @Test
    void transposingExchangesTheLastTwo() {
        assertEquals(Shape.of(2, 4, 3), Shape.of(2, 3, 4).transposed("transpose"));
        assertEquals("transpose: needs at least two axes: [3]", refusal(() -> Shape.of(3).transposed("transpose")));
    }

    @Test
    void broadcastingFollowsNumPy() {
        assertEquals(Shape.of(2, 3), Shape.broadcast("add", Shape.of(2, 3), Shape.of(3)));
        assertEquals(Shape.of(5, 2, 3), Shape.broadcast("add", Shape.of(2, 1), Shape.of(5, 1, 3)));
        assertEquals(Shape.of(3), Shape.broadcast("add", Shape.scalar(), Shape.of(3)));
        assertEquals(Shape.of(0), Shape.broadcast("add", Shape.of(1), Shape.of(0)));
        assertEquals("add: shapes do not broadcast (sizes must be equal, or one of them 1): [2, 3] and [2]",
                refusal(() -> Shape.broadcast("add", Shape.of(2, 3), Shape.of(2))));
        assertThrows(ShapeException.class, () -> Shape.broadcast("add", Shape.of(2), Shape.of(0)));
    }

    @Test
    void aMinusOneIsFilledIn() {
        var shape = Shape.of(2, 6);
        assertEquals(Shape.of(3, 4), shape.refilled("reshape", 3, -1));
        assertEquals(Shape.of(12), shape.refilled("reshape", -1));
        assertEquals(Shape.of(1), Shape.scalar().refilled("reshape", -1));
        assertEquals(Shape.of(0, 3), Shape.of(3, 0).refilled("reshape", -1, 3));
        assertEquals(Shape.of(5, 5), shape.refilled("reshape", 5, 5), "sizes without -1 are taken as they are");
    }

    @Test
    void aMinusOneThatCannotBeFilledIsRefused() {
        var shape = Shape.of(2, 6);
        assertEquals("reshape: 12 elements do not fill [5, -1]: [2, 6]",
                refusal(() -> shape.refilled("reshape", 5, -1)));
        assertTrue(refusal(() -> shape.refilled("reshape", -1, -1)).contains("more than one -1"));
        assertTrue(refusal(() -> shape.refilled("reshape", -2, -1)).contains("negative size"));
        assertTrue(refusal(() -> Shape.of(0).refilled("reshape", 0, -1)).contains("any size would do"));
        assertThrows(ShapeException.class, () -> shape.refilled("reshape", 65536, 65536, -1));
    }

    @Test
    void wideningAddsAnAxisOfSizeOneAnywhere() {
        var shape = Shape.of(2, 3);
        assertEquals(Shape.of(1, 2, 3), shape.widened("unsqueeze", 0));
        assertEquals(Shape.of(2, 1, 3), shape.widened("unsqueeze", 1));
        assertEquals(Shape.of(2, 3, 1), shape.widened("unsqueeze", -1));
        assertEquals(Shape.of(1), Shape.scalar().widened("unsqueeze", 0));
        assertEquals("unsqueeze: no place for a new axis 3: [2, 3]", refusal(() -> shape.widened("unsqueeze", 3)));
    }

    @Test
    void equalShapesAreEqual() {
        assertEquals(Shape.of(2, 3), Shape.of(2, 3));
        assertEquals(Shape.of(2, 3).hashCode(), Shape.of(2, 3).hashCode());
        assertNotEquals(Shape.of(2, 3), Shape.of(3, 2));
        assertNotEquals(Shape.of(6), Shape.of(6, 1));
        assertEquals("[2, 3]", Shape.of(2, 3).toString());
        assertEquals("[]", Shape.scalar().toString());
    }

    /** So that a map with shapes as its keys does not become a list. */
    @Test
    void otherShapesHaveOtherHashCodes() {
        assertNotEquals(Shape.of(2, 3).hashCode(), Shape.of(3, 2).hashCode());
        assertNotEquals(Shape.of(6).hashCode(), Shape.of(1, 6).hashCode());
    }

    @Test
    void anOpIsRefusedInItsNameIfItsAxisIsNotThere() {
        var x = Tensor.zeros(Shape.of(2, 3));
        assertEquals("slice: no axis 2 in a tensor of rank 2: [2, 3]",
                refusal(() -> Op.apply(new Movement.Slice(2, 0, 1), x)));
        assertEquals("slice: no axis -1 in a tensor of rank 2: [2, 3]",
                refusal(() -> Op.apply(new Movement.Slice(-1, 0, 1), x)));
    }

    @Test
    void squeezingNamedAxesKeepsTheOtherAxesOfSizeOne() {
        assertEquals(Shape.of(1, 2), Shape.of(1, 1, 2, 1).squeezed("squeeze", 0, -1));
        assertEquals("squeeze: axis 0 given twice in [0, -2]: [1, 2]",
                refusal(() -> Shape.of(1, 2).squeezed("squeeze", 0, -2)));
    }
}

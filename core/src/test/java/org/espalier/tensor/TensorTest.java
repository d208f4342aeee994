package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TensorTest {
    private static String refusal(Runnable action) {
        return assertThrows(ShapeException.class, action::run).getMessage();
    }

    @Test
    void elementsAreCopiedInAndOut() {
        float[] elements = {1, 2, 3, 4, 5, 6};
        var x = Tensor.of(Shape.of(2, 3), elements);
        elements[0] = 9;
        x.toArray()[1] = 9;
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, x.toArray());
        assertEquals("adopt: 2 elements given for shape: [3]", refusal(() -> Tensor.of(Shape.of(3), 1, 2)));
    }

    @Test
    void factoriesGiveTheShapesTheyPromise() {
        assertEquals(Shape.scalar(), Tensor.scalar(3).shape());
        assertEquals(Shape.of(2), Tensor.vector(1, 2).shape());
        assertEquals(Shape.of(0), Tensor.vector().shape());
        var matrix = Tensor.matrix(new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6});
        assertEquals(Shape.of(3, 2), matrix.shape());
        assertEquals(Shape.of(0, 0), Tensor.matrix().shape());
        assertEquals(Shape.of(2, 0), Tensor.matrix(new float[0], new float[0]).shape());
        assertArrayEquals(new float[] {7, 7}, Tensor.full(Shape.of(2), 7).toArray());
        assertArrayEquals(new float[2], Tensor.zeros(Shape.of(2)).toArray());
        assertEquals("matrix: row 1 has 1 elements, row 0 has 2",
                refusal(() -> Tensor.matrix(new float[2], new float[1])));
    }

    @Test
    void rangesAndIdentitiesAreThereToBeMade() {
        assertArrayEquals(new float[] {0, 1, 2}, Tensor.arange(3).toArray());
        assertArrayEquals(new float[] {1, 1.5f}, Tensor.arange(1, 2, 0.5f).toArray());
        assertArrayEquals(new float[] {3, 1, -1}, Tensor.arange(3, -3, -2).toArray());
        assertArrayEquals(new float[0], Tensor.arange(3, 3, 1).toArray());
        assertArrayEquals(new float[0], Tensor.arange(0, 3, -1).toArray());
        assertThrows(IllegalArgumentException.class, () -> Tensor.arange(0, 3, 0));
        assertThrows(IllegalArgumentException.class, () -> Tensor.arange(0, Float.NaN, 1));
        assertArrayEquals(new float[] {1, 0, 0, 1}, Tensor.eye(2).toArray());
        assertArrayEquals(new float[] {1, 1}, Tensor.ones(Shape.of(2)).toArray());
    }

    @Test
    void oneHotRowsHaveASingleOne() {
        assertArrayEquals(new float[] {0, 0, 1, 1, 0, 0}, Tensor.oneHot(3, 2, 0).toArray());
        assertEquals(Shape.of(0, 3), Tensor.oneHot(3).shape());
        assertEquals("oneHot: label 3 is not within 3 classes", refusal(() -> Tensor.oneHot(3, 3)));
        assertThrows(ShapeException.class, () -> Tensor.oneHot(3, -1));
    }

    @Test
    void elementsAreFoundByIndex() {
        var x = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        assertEquals(6, x.get(1, 2));
        assertEquals(4, x.transpose().get(0, 1));
        assertEquals(5, Tensor.scalar(5).get());
        assertThrows(IndexOutOfBoundsException.class, () -> x.get(0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> x.get(-1, 0));
        assertEquals("get: 1 indices given: [2, 3]", refusal(() -> x.get(1)));
    }

    @Test
    void onlyASingleElementIsAnItem() {
        assertEquals(4, Tensor.of(Shape.of(1, 1, 1), 4).item());
        assertEquals("item: needs exactly one element: [2]", refusal(() -> Tensor.vector(1, 2).item()));
        assertThrows(ShapeException.class, () -> Tensor.zeros(Shape.of(0)).item());
    }

    @Test
    void aTensorKnowsItsShape() {
        var x = Tensor.zeros(Shape.of(2, 3));
        assertEquals(2, x.rank());
        assertEquals(3, x.dim(-1));
        assertEquals(6, x.size());
    }

    @Test
    void stackingMakesAnAxisAndConcatenatingDoesNot() {
        var a = Tensor.vector(1, 2);
        var b = Tensor.vector(3, 4);
        assertArrayEquals(new float[] {1, 2, 3, 4}, Tensor.concat(0, a, b).toArray());
        assertEquals(Shape.of(2, 2), Tensor.stack(0, a, b).shape());
        assertArrayEquals(new float[] {1, 3, 2, 4}, Tensor.stack(-1, a, b).toArray());
        assertEquals("stack: all shapes must be equal: [2] and [1]",
                refusal(() -> Tensor.stack(0, a, Tensor.vector(1))));
        assertTrue(refusal(() -> Tensor.concat(0)).startsWith("concat: "));
        assertTrue(refusal(() -> Tensor.concat(1, a, b)).startsWith("concat: no axis 1"));
    }

    @Test
    void reshapingFillsInOneSize() {
        var x = Tensor.zeros(Shape.of(2, 6));
        assertEquals(Shape.of(3, 4), x.reshape(3, -1).shape());
        assertEquals(Shape.of(12), x.reshape(-1).shape());
        assertEquals("reshape: the number of elements must stay: [2, 6] and [5]", refusal(() -> x.reshape(5)));
        assertEquals(Shape.of(2, 1, 6), x.unsqueeze(1).shape());
    }

    @Test
    void requiringGradientsMakesANewLeafAndDetachingCutsItOff() {
        var x = Tensor.vector(1, 2);
        var leaf = x.withGrad();
        assertNotSame(x, leaf);
        assertFalse(x.requiresGrad());
        assertTrue(leaf.requiresGrad());
        assertFalse(leaf.detach().requiresGrad());
        assertSame(x, x.detach());
        var cut = leaf.square().detach().times(leaf);
        assertArrayEquals(new float[] {1, 4}, cut.sum().backward().of(leaf).toArray());
    }

    @Test
    void aTransposedLeafKeepsItsShape() {
        var leaf = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6).transpose().withGrad();
        var gradient = leaf.times(Tensor.vector(1, 10)).sum().backward().of(leaf);
        assertEquals(Shape.of(3, 2), gradient.shape());
        assertArrayEquals(new float[] {1, 10, 1, 10, 1, 10}, gradient.toArray());
    }

    @Test
    void aGradientThroughATransposeIsTransposedBack() {
        var leaf = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6).withGrad();
        var y = leaf.transpose().matmul(Tensor.of(Shape.of(2, 1), 1, 10)).times(Tensor.of(Shape.of(3, 1), 1, 2, 3));
        assertArrayEquals(new float[] {1, 2, 3, 10, 20, 30}, y.sum().backward().of(leaf).toArray());
    }
}

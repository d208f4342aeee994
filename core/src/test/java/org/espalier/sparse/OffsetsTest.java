package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OffsetsTest {
    @Test
    void rowsOfTheSameCountKeepTheirOrder() {
        assertArrayEquals(new int[] {1, 3, 0, 4, 2}, Offsets.descending(new int[] {2, 7, 0, 7, 2}));
        assertArrayEquals(new int[0], Offsets.descending(new int[0]));
    }

    private static String refusal(int[] offsets, int[] columns) {
        return assertThrows(IllegalArgumentException.class, () -> Offsets.check("csr", offsets, columns, 4))
                .getMessage();
    }

    @Test
    void rowsMayBeEmptyAndMayHaveTheSameColumns() {
        Offsets.check("csr", new int[] {0, 2, 2, 4}, new int[] {0, 3, 0, 3}, 4);
        Offsets.check("csr", new int[] {0}, new int[0], 4);
    }

    @Test
    void offsetsMustGoFromZeroToTheNumberOfColumns() {
        var expected = "csr: the offsets must go from 0 to the number of columns given, 2";
        assertEquals(expected, refusal(new int[0], new int[] {0, 1}));
        assertEquals(expected, refusal(new int[] {1, 2}, new int[] {0, 1}));
        assertEquals(expected, refusal(new int[] {0, 1}, new int[] {0, 1}));
    }

    @Test
    void rowsMustBeInOrder() {
        assertEquals("csr: row 1 goes from entry 2 to 1", refusal(new int[] {0, 2, 1, 3}, new int[] {0, 1, 2}));
        assertEquals("csr: row 0 goes from entry 0 to 4", refusal(new int[] {0, 4, 3}, new int[] {0, 1, 2}));
    }

    @Test
    void columnsMustAscendWithinTheirRow() {
        assertEquals("csr: row 0 has column 1 after 1, of 4; columns must ascend",
                refusal(new int[] {0, 2}, new int[] {1, 1}));
        assertEquals("csr: row 1 has column 0 after 1, of 4; columns must ascend",
                refusal(new int[] {0, 1, 3}, new int[] {2, 1, 0}));
        assertEquals("csr: row 0 has column 4 after -1, of 4; columns must ascend",
                refusal(new int[] {0, 1}, new int[] {4}));
        assertEquals("csr: row 0 has column -1 after -1, of 4; columns must ascend",
                refusal(new int[] {0, 1}, new int[] {-1}));
    }

    @Test
    void elementsThatAreNotZeroAreCountedByRows() {
        var elements = new float[] {1, 0, Float.NaN, 0, -0f, 2, 0, 0, 0};
        assertArrayEquals(new int[] {2, 1, 0}, Offsets.entries(3, 3, elements));
    }

    @Test
    void onlyMatricesHaveRows() {
        Offsets.requireMatrix("csr", Tensor.zeros(Shape.of(2, 3)));
        var vector = Tensor.vector(1, 2, 3);
        assertEquals("csr: needs a matrix [rows, cols], not [3]",
                assertThrows(ShapeException.class, () -> Offsets.requireMatrix("csr", vector)).getMessage());
    }

    @Test
    void emptyRowsComeLast() {
        assertArrayEquals(new int[] {2, 0, 1}, Offsets.descending(new int[] {0, 0, 3}));
    }
}

package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
    @Test
    void theFirstOfEqualElementsWins() {
        var x = Tensor.of(Shape.of(3, 3), 1, 3, 3, -0f, 0f, -1, 5, 5, 5);
        assertArrayEquals(new int[] {1, 0, 0}, x.argmax());
        assertArrayEquals(new int[] {1, 2, 0, 1, 0, 1}, x.topK(2).indices());
    }

    @Test
    void aScalarIsItsOwnLargest() {
        assertArrayEquals(new int[] {0}, Tensor.scalar(7).argmax());
        assertEquals(Shape.scalar(), Tensor.scalar(7).topK(1).values().shape());
    }

    @Test
    void theLargestAgreeWithAStableSort() {
        var values = new Values(41);
        for (int round = 0; round < 100; round++) {
            int width = 1 + values.below(round < 50 ? 30 : 90);
            int k = 1 + values.below(width);
            // Multiples of ¼: many ties.
            var x = values.tensor(4, width).times(4).round().times(0.25f);
            var top = x.topK(k);
            assertEquals(Shape.of(4, k), top.values().shape());
            for (int row = 0; row < 4; row++) {
                int at = row;
                int[] sorted = IntStream.range(0, width).boxed()
                        .sorted(Comparator.comparing((Integer i) -> 0 - x.get(at, i)))
                        .limit(k).mapToInt(i -> i).toArray();
                for (int i = 0; i < k; i++) {
                    assertEquals(sorted[i], top.indices()[row * k + i]);
                    assertEquals(x.get(row, sorted[i]), top.values().get(row, i));
                }
            }
        }
    }

    @Test
    void infinityIsRankedAndNaNIsRefused() {
        var x = Tensor.vector(1, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
        assertArrayEquals(new int[] {1, 0, 2}, x.topK(3).indices());
        var withNaN = Tensor.vector(1, Float.NaN);
        var thrown = assertThrows(IllegalArgumentException.class, withNaN::argmax);
        assertTrue(thrown.getMessage().startsWith("argmax: NaN at index 1"), thrown.getMessage());
    }

    @Test
    void asManyAsTheRowHasCanBeTaken() {
        var x = Tensor.zeros(Shape.of(2, 3));
        assertThrows(ShapeException.class, () -> x.topK(0));
        var thrown = assertThrows(ShapeException.class, () -> x.topK(4));
        assertEquals("topK: cannot take 4 of 3 along axis 1: [2, 3]", thrown.getMessage());
        assertThrows(ShapeException.class, () -> Tensor.zeros(Shape.of(2, 0)).argmax());
        assertArrayEquals(new int[0], Tensor.zeros(Shape.of(0, 3)).argmax());
    }

    /** Two matrices [3, 2]; ranked are their columns. */
    @Test
    void theLargestAreFoundAlongAnyAxis() {
        var x = Tensor.of(Shape.of(2, 3, 2), 1, 8, 5, 2, 3, 9, 7, 0, 4, 6, 7, 5);
        var top = x.topK(2, 1);
        assertEquals(Shape.of(2, 2, 2), top.values().shape());
        assertArrayEquals(new float[] {5, 9, 3, 8, 7, 6, 7, 5}, top.values().toArray());
        assertArrayEquals(new int[] {1, 2, 2, 0, 0, 1, 2, 2}, top.indices());
        assertArrayEquals(new int[] {1, 0, 0, 1, 1, 0}, x.argmax(0));
        assertArrayEquals(new int[] {1, 0, 1, 0, 1, 0}, x.argmax(-1));
    }

    /** More than are found by insertion. */
    @Test
    void wholeColumnsAreSorted() {
        var x = new float[80];
        for (int i = 0; i < 40; i++) {
            x[2 * i] = i - 20;
            x[2 * i + 1] = 20 - i;
        }
        var top = Tensor.of(Shape.of(40, 2), x).topK(40, 0);
        for (int i = 0; i < 40; i++) {
            assertEquals(39 - i, top.indices()[2 * i]);
            assertEquals(i, top.indices()[2 * i + 1]);
            assertEquals(19 - i, top.values().get(i, 0));
            assertEquals(20 - i, top.values().get(i, 1));
        }
    }

    @Test
    void notANumberIsFoundInItsColumn() {
        var x = Tensor.matrix(new float[] {1, 2}, new float[] {3, Float.NaN});
        var thrown = assertThrows(IllegalArgumentException.class, () -> x.topK(1, 0));
        assertEquals("topK: NaN at index 1 of a row has no rank", thrown.getMessage());
    }
}

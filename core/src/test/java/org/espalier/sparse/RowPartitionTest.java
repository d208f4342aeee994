package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.espalier.kernel.FusedActivation;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RowPartitionTest {
    /** What the threads got, in order: [from, to) of each. */
    private static List<List<Integer>> ranges(RowPartition shares, int threads) {
        var ranges = Collections.synchronizedList(new ArrayList<List<Integer>>());
        try (var pool = Parallelism.of(threads)) {
            pool.run(() -> shares.forRows((from, to) -> ranges.add(List.of(from, to))));
        }
        ranges.sort((a, b) -> a.get(0) - b.get(0));
        return ranges;
    }

    @Test
    void sharesHaveAsManyEntriesAndBeginAtMultiplesOf16() {
        // rows 0 to 99 have 3 entries each, the other 200 have none, in two blocks of columns
        var offsets = new int[601];
        for (int i = 0; i < 600; i++) {
            offsets[i + 1] = offsets[i] + (i % 300 >= 100 ? 0 : i < 300 ? 1 : 2);
        }
        assertEquals(List.of(List.of(0, 48), List.of(48, 300)), ranges(new RowPartition(300, 1, offsets), 2));
    }

    @Test
    void unitsOfRowsStayTogether() {
        // three groups of 64 rows, the last of them short, with 1, 1 and 2 slots
        assertEquals(List.of(List.of(0, 128), List.of(128, 150)),
                ranges(new RowPartition(150, 64, new int[] {0, 1, 2, 4}), 2));
    }

    @Test
    void smallProductsAndSingleThreadsShareNothing() {
        var shares = new RowPartition(2, 1, new int[] {0, 500_000, 1_000_000});
        assertFalse(shares.worth(1));
        try (var pool = Parallelism.of(2)) {
            pool.run(() -> {
                assertTrue(shares.worth(1));
                assertFalse(new RowPartition(1, 1, new int[] {0, 10}).worth(100));
            });
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        int rows = 1000;
        int cols = 2000;
        var dense = Sparse.random(5, rows, cols, 0.2f);
        var bias = Rng.of(2).normal(Shape.of(rows), 1).toArray();
        for (var w : List.of(CsrMatrix.of(dense), BlockMatrix.of(4, dense), PermuteMatrix.of(dense),
                BitmapMatrix.of(dense))) {
            for (int batch : new int[] {1, 2, 5, 40}) {
                var x = Rng.of(3).normal(Shape.of(batch, cols), 1).toArray();
                for (var activation : new FusedActivation[] {FusedActivation.RELU, FusedActivation.GELU}) {
                    var expected = new float[batch * rows];
                    w.linear(batch, x, 0, bias, activation, expected, 0);
                    for (int threads : new int[] {2, 3}) {
                        var actual = new float[batch * rows];
                        try (var pool = Parallelism.of(threads)) {
                            pool.run(() -> w.linear(batch, x, 0, bias, activation, actual, 0));
                        }
                        assertArrayEquals(expected, actual, w + ", batch " + batch + ", " + threads + " threads");
                    }
                }
            }
        }
    }

    /** Rows without an entry belong to a thread all the same: their results are the bias. */
    @Test
    void emptyRowsAtTheBeginningAndTheEndBelongToTheFirstAndLastThread() {
        // rows 300 to 599 of 900 have 3 entries each
        var offsets = new int[901];
        for (int i = 0; i < 900; i++) {
            offsets[i + 1] = offsets[i] + (i >= 300 && i < 600 ? 3 : 0);
        }
        assertEquals(List.of(List.of(0, 448), List.of(448, 900)), ranges(new RowPartition(900, 1, offsets), 2));
        // three groups of 64 rows, of which the first has no slot
        assertEquals(List.of(List.of(0, 128), List.of(128, 150)),
                ranges(new RowPartition(150, 64, new int[] {0, 0, 2, 4}), 2));
    }

    @Test
    void theBiasOfEmptyRowsIsAddedOnAnyNumberOfThreads() {
        int rows = 1000;
        int cols = 2000;
        var elements = new float[rows * cols];
        Arrays.fill(elements, 600 * cols, elements.length, 1);
        var dense = Tensor.of(Shape.of(rows, cols), elements);
        var bias = new float[rows];
        Arrays.fill(bias, 7);
        var x = new float[2 * cols];
        Arrays.fill(x, cols, 2 * cols, 1);
        for (var w : List.of(CsrMatrix.of(dense), BlockMatrix.of(4, dense), PermuteMatrix.of(dense),
                BitmapMatrix.of(dense), SellMatrix.of(dense))) {
            for (int threads : new int[] {1, 2, 3}) {
                var y = new float[2 * rows];
                try (var pool = Parallelism.of(threads)) {
                    pool.run(() -> w.linear(2, x, 0, bias, FusedActivation.NONE, y, 0));
                }
                for (int i = 0; i < y.length; i++) {
                    assertEquals(i < 1600 ? 7 : 2007, y[i], w + ", output " + i + ", " + threads + " threads");
                }
            }
        }
    }

    @Test
    void twentyMicrosecondsAreWorthSplitting() {
        try (var pool = Parallelism.of(2)) {
            pool.run(() -> {
                assertTrue(new RowPartition(1, 1, new int[] {0, 700_000}).worth(1));
                assertFalse(new RowPartition(1, 1, new int[] {0, 699_999}).worth(1));
                assertTrue(new RowPartition(1, 1, new int[] {0, 7}).worth(100_000));
                assertFalse(new RowPartition(1, 1, new int[] {0, 7}).worth(99_999));
            });
        }
    }
}

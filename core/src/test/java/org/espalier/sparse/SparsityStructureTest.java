package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SparsityStructureTest {

    static SparsityStructure of(Shape shape, IntPredicate kept) {
        var words = new long[(shape.size() + 63) / 64];
        IntStream.range(0, shape.size()).filter(kept).forEach(i -> words[i / 64] |= 1L << i);
        return SparsityStructure.of(shape, words);
    }

    /** Every row of another density, some of them empty. */
    static SparsityStructure random(Shape shape, long seed) {
        var rng = Rng.of(seed);
        int cols = shape.rank() < 2 ? shape.size() : shape.dim(1);
        return of(shape, i -> rng.nextFloat() < (i / Math.max(1, cols) % 4) * 0.2f);
    }

    @Test
    void entriesAreTheElementsWhoseBitIsSet() {
        var pattern = of(Shape.of(2, 3), i -> i % 2 == 0);
        assertEquals(3, pattern.entries());
        assertEquals(Shape.of(2, 3), pattern.shape());
        assertArrayEquals(new int[] {0, 2, 4}, pattern.places());
        assertArrayEquals(
                new float[] {5, 7, 9}, pattern.values(Tensor.of(Shape.of(2, 3), 5, 6, 7, 8, 9, 10)));
        assertEquals("SparsityStructure[2, 3] with 3 entries", pattern.toString());
    }

    @Test
    void aTensorOfEntriesIsPositiveZeroElsewhereAndRemembersThem() {
        var pattern = of(Shape.of(2, 3), i -> i % 2 == 0);
        var values = new float[] {-5, 7, 9};
        var tensor = pattern.tensor(values);
        assertTrue(pattern.holds(tensor.withGrad().detach()));
        assertSame(values, pattern.values(tensor));
        assertArrayEquals(new float[] {-5, 0, 7, 0, 9, 0}, tensor.toArray());
        assertEquals(0, Float.floatToRawIntBits(tensor.get(0, 1)));
        assertFalse(of(Shape.of(2, 3), i -> i % 2 == 0).holds(tensor));
    }

    @Test
    void wideMatricesAreCutIntoStripsAndNothingIsLost() {
        var shape = Shape.of(7, 1000);
        var pattern = of(shape, i -> i % 10 == 3);
        // 12 entries of a row want 120 columns; the narrowest strip is 128 wide
        assertEquals(8 * 7 + 1, pattern.layout().offsets().length);
        var places = pattern.places();
        assertFalse(Arrays.equals(places, Arrays.stream(places).sorted().toArray()));
        assertArrayEquals(
                IntStream.range(0, 7000).filter(i -> i % 10 == 3).toArray(),
                Arrays.stream(places).sorted().toArray());
        var ordered = pattern.inRowMajorOrder(pattern.values(Tensor.of(shape, ascending(7000))));
        assertEquals(places.length, ordered.length);
        for (int p = 1; p < ordered.length; p++) {
            assertTrue(ordered[p] > ordered[p - 1]);
        }
        var dense = Rng.of(1).normal(shape, 1);
        var masked = pattern.tensor(pattern.values(dense));
        for (int i = 0; i < 7000; i++) {
            assertEquals(i % 10 == 3 ? dense.toArray()[i] : 0, masked.get(i / 1000, i % 1000));
        }
    }

    private static float[] ascending(int n) {
        var numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    @Test
    void theTransposeHasTheSameEntries() {
        for (var shape : new Shape[] {Shape.of(300, 20), Shape.of(20, 300), Shape.of(1, 1), Shape.of(3, 0)}) {
            var pattern = random(shape, 2);
            var transpose = pattern.transpose();
            int[] places = pattern.places();
            int[] transposed = transpose.pattern().places();
            for (int p = 0; p < transposed.length; p++) {
                int place = places[transpose.entries()[p]];
                assertEquals(place % shape.dim(1) * shape.dim(0) + place / shape.dim(1), transposed[p]);
            }
            assertEquals(places.length, transposed.length);
        }
    }

    @Test
    void aPatternMayBeOfAnyShape() {
        assertArrayEquals(new int[] {1, 3}, of(Shape.of(5), i -> i % 2 == 1).places());
        assertArrayEquals(new int[] {0}, of(Shape.scalar(), i -> true).places());
        assertEquals(0, of(Shape.of(0, 4), i -> true).entries());
        assertEquals(8, of(Shape.of(2, 2, 2), i -> true).entries());
    }

    @Test
    void misfitsAreRefused() {
        var pattern = of(Shape.of(2, 3), i -> i % 2 == 0);
        assertThrows(ShapeException.class, () -> SparsityStructure.of(Shape.of(65), new long[1]));
        assertThrows(ShapeException.class, () -> pattern.values(Tensor.zeros(Shape.of(3, 2))));
        assertThrows(ShapeException.class, () -> pattern.tensor(new float[4]));
        assertEquals(0, Storage.array(of(Shape.of(2), i -> false).tensor(new float[0]))[1]);
    }

    /** 12 entries of a row in a strip, of which every 20th column has one: 240 columns. */
    @Test
    void sparserPatternsHaveWiderStrips() {
        var wide = of(Shape.of(2, 2000), i -> i % 20 == 0);
        assertEquals(9 * 2 + 1, wide.layout().offsets().length);
        var tall = of(Shape.of(2000, 2), i -> i % 20 == 0).transpose();
        assertEquals(9 * 2 + 1, tall.pattern().layout().offsets().length);
        assertArrayEquals(IntStream.range(0, 200).map(i -> 10 * i).toArray(),
                Arrays.stream(tall.pattern().places()).sorted().toArray());
    }

    @Test
    void whatIsInOrderIsNotCopied() {
        var pattern = of(Shape.of(2, 3), i -> i % 2 == 0);
        var values = new float[] {5, 7, 9};
        assertSame(values, pattern.inRowMajorOrder(values));
        assertSame(pattern.transpose(), pattern.transpose());
    }

    @Test
    void entriesOfAnotherPatternAreReadByTheirPlaces() {
        var even = of(Shape.of(2, 3), i -> i % 2 == 0);
        var first = of(Shape.of(2, 3), i -> i < 3);
        assertArrayEquals(new float[] {5, 7, 0}, even.values(first.tensor(new float[] {5, 6, 7})));
        assertFalse(even.holds(Tensor.zeros(Shape.of(2, 3))));
    }

    /** 6,400 entries and 110 samples are 704,000 multiply-adds. */
    @Test
    void largeProductsAreShared() {
        var pattern = of(Shape.of(64, 100), i -> true);
        assertEquals(List.of(List.of(0, 64)), ranges(pattern, 109));
        assertEquals(List.of(List.of(0, 32), List.of(32, 64)), ranges(pattern, 110));
    }

    private static List<List<Integer>> ranges(SparsityStructure pattern, int batch) {
        var ranges = Collections.synchronizedList(new ArrayList<List<Integer>>());
        try (var pool = Parallelism.of(2)) {
            pool.run(() -> pattern.forRows(batch, (from, to) -> ranges.add(List.of(from, to))));
        }
        ranges.sort((a, b) -> a.getFirst() - b.getFirst());
        return ranges;
    }
}

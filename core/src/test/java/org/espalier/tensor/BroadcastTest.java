package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BroadcastTest {
    private final Values values = new Values(31);

    /** Random pairs of shapes that broadcast, and runs longer than the buffer. */
    @Test
    void everyPairOfElementsIsVisitedInPlace() {
        for (int i = 0; i < 2000; i++) {
            var shapes = BinaryCases.pairs(values);
            check(shapes[0], shapes[1]);
        }
        check(Shape.of(3, 1), Shape.of(3, 1300));
        check(Shape.of(1300), Shape.of(3, 1));
        check(Shape.of(2, 513), Shape.scalar());
    }

    /** a − 2·b tells the operands apart. */
    private void check(Shape left, Shape right) {
        var a = values.tensor(left.dims());
        var b = values.tensor(right.dims());
        var common = Index.broadcast(left, right);
        var out = new float[common.size()];
        Broadcast.zip(new Binary.Subtract(), (x, y, z, from, to) -> {
            for (int i = from; i < to; i++) {
                z[i] = x[i] - 2 * y[i];
            }
        }, a, b, out);
        double[] expected = Index.fill(common,
                index -> a.toArray()[Index.flat(index, left)] - 2 * b.toArray()[Index.flat(index, right)]);
        assertArrayEquals(Doubles.toFloats(expected), out, left + " and " + right);
    }

    @Test
    void axesThatGoTogetherAreOneRun() {
        assertEquals(1, runs(Shape.of(4, 5, 6), Shape.of(4, 5, 6)));
        assertEquals(1, runs(Shape.of(4, 5), Shape.of(1, 1)));
        assertEquals(4, runs(Shape.of(4, 5, 6), Shape.of(5, 6)));
        assertEquals(20, runs(Shape.of(4, 5, 6), Shape.of(4, 5, 1)));
        assertEquals(0, runs(Shape.of(0, 5), Shape.of(5)));
    }

    private static int runs(Shape left, Shape right) {
        var count = new AtomicInteger();
        Broadcast.zip(new Binary.Add(), (x, y, z, from, to) -> {
            assertTrue(to > from);
            count.incrementAndGet();
        }, Tensor.zeros(left), Tensor.zeros(right), new float[Index.broadcast(left, right).size()]);
        return count.get();
    }

    @Test
    void repeatedAxesHaveStrideZero() {
        assertArrayEquals(new int[] {0, 0, 1}, Broadcast.strides(Shape.of(1, 4), new int[] {2, 3, 4}));
        assertArrayEquals(new int[] {4, 1}, Broadcast.strides(Shape.of(3, 4), new int[] {3, 4}));
        assertArrayEquals(new int[] {0}, Broadcast.strides(Shape.scalar(), new int[] {3}));
    }

    /** 512 elements fit the buffer, so 1,024 are two pieces and not two and an empty one. */
    @Test
    void aRunIsCutIntoFullPieces() {
        assertEquals(1, runs(Shape.of(512), Shape.scalar()));
        assertEquals(2, runs(Shape.of(1024), Shape.scalar()));
        assertEquals(3, runs(Shape.of(1025), Shape.scalar()));
    }
}

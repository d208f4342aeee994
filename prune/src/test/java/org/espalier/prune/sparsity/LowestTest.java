package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.tensor.Rng;
import org.junit.jupiter.api.Test;

class LowestTest {
    @Test
    void theLowestScoresGo() {
        assertArrayEquals(new boolean[] {true, false, true, false}, removed(new double[] {3, 1, 4, 2}, 2));
    }

    @Test
    void ofEqualScoresTheFirstGoFirst() {
        assertArrayEquals(new boolean[] {false, false, true, true}, removed(new double[] {1, 1, 1, 1}, 2));
        assertArrayEquals(new boolean[] {false, true}, removed(new double[] {0.0, -0.0}, 1));
    }

    @Test
    void unitsThatAreNotKeptAreNoCandidates() {
        var keeps = new boolean[] {false, true, true};
        Lowest.remove(new double[] {0, 2, 1}, keeps, 0, 3, 1);

        assertArrayEquals(new boolean[] {false, true, false}, keeps);
    }

    @Test
    void infiniteScoresAreInOrder() {
        var scores = new double[] {Double.POSITIVE_INFINITY, 0, Double.NEGATIVE_INFINITY};

        assertArrayEquals(new boolean[] {true, false, false}, removed(scores, 2));
    }

    @Test
    void theResultIsThatOfAStableSortOverAllLayers() {
        var rng = Rng.of(7);
        for (int round = 0; round < 200; round++) {
            int n = rng.nextInt(6);
            int m = 1 + rng.nextInt(6);
            var scores = new double[n + m];
            Arrays.setAll(scores, i -> rng.nextInt(4));
            int count = rng.nextInt(n + m + 1);
            var first = new boolean[n];
            var second = new boolean[m];
            Arrays.fill(first, true);
            Arrays.fill(second, true);

            Lowest.remove(
                    List.of(
                            new Lowest.Range(Arrays.copyOf(scores, n), first, 0, n),
                            new Lowest.Range(Arrays.copyOfRange(scores, n, n + m), second, 0, m)),
                    count);

            var order = IntStream.range(0, n + m)
                    .boxed()
                    .sorted((a, b) -> Double.compare(scores[a], scores[b]))
                    .toList();
            for (int place = 0; place < n + m; place++) {
                int unit = order.get(place);
                assertEquals(place >= count, unit < n ? first[unit] : second[unit - n]);
            }
        }
    }

    private static boolean[] removed(double[] scores, int count) {
        var keeps = new boolean[scores.length];
        Arrays.fill(keeps, true);
        Lowest.remove(scores, keeps, 0, keeps.length, count);
        return keeps;
    }
}

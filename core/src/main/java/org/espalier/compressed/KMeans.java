package org.espalier.compressed;

import java.util.Arrays;

/**
 * K-means in one dimension. Invariants: the centres ascend strictly and one of them is 0, which stays; sorted elements
 * make each cluster a run, whose sum comes from running sums, so a round costs k·log n.
 */
final class KMeans {
    private static final int MOST_ROUNDS = 1000;

    private KMeans() {}

    /** At most {@code size} centres, ascending, one of them +0. */
    static float[] of(float[] elements, int size) {
        var sorted = new double[elements.length];
        for (int i = 0; i < sorted.length; i++) {
            if (!Float.isFinite(elements[i])) {
                throw new IllegalArgumentException("codebook: element " + i + " is " + elements[i]);
            }
            sorted[i] = elements[i] == 0 ? 0 : elements[i];
        }
        Arrays.sort(sorted);
        double[] distinct = Arrays.stream(withZero(sorted)).distinct().toArray();
        return floats(distinct.length <= size ? distinct : moved(sorted, start(sorted, size - 1)));
    }

    /** The index of the nearest centre; of two, the one nearer to zero. */
    static int nearest(float[] centres, float element) {
        int at = Arrays.binarySearch(centres, element == 0 ? 0 : element);
        if (at >= 0) {
            return at;
        }
        int above = -at - 1;
        if (above == 0 || above == centres.length) {
            return above == 0 ? 0 : above - 1;
        }
        double toLower = (double) element - centres[above - 1];
        double toUpper = (double) centres[above] - element;
        if (toLower == toUpper) {
            return centres[above - 1] >= 0 ? above - 1 : above;
        }
        return toLower < toUpper ? above - 1 : above;
    }

    /** Evenly spaced from the least to the largest that is not zero, and 0. */
    private static double[] start(double[] sorted, int count) {
        int last = sorted.length - 1;
        double least = sorted[0] == 0 ? sorted[countTo(sorted, 0)] : sorted[0];
        double largest = sorted[last] == 0 ? sorted[countBelow(sorted, 0) - 1] : sorted[last];
        var centres = new double[count];
        for (int i = 0; i < count; i++) {
            centres[i] = count == 1 ? (least + largest) / 2 : least + (largest - least) * i / (count - 1);
        }
        return Arrays.stream(withZero(centres)).distinct().toArray();
    }

    private static double[] moved(double[] sorted, double[] centres) {
        var sums = new double[sorted.length + 1];
        for (int i = 0; i < sorted.length; i++) {
            sums[i + 1] = sums[i] + sorted[i];
        }
        boolean moves = true;
        for (int round = 0; moves && round < MOST_ROUNDS; round++) {
            moves = false;
            var next = centres.clone();
            int from = 0;
            for (int c = 0; c < centres.length; c++) {
                int to = c + 1 == centres.length ? sorted.length : end(sorted, (centres[c] + centres[c + 1]) / 2);
                if (to > from && centres[c] != 0) {
                    next[c] = Math.clamp((sums[to] - sums[from]) / (to - from), sorted[from], sorted[to - 1]);
                    moves |= next[c] != centres[c];
                }
                from = to;
            }
            centres = next;
        }
        return centres;
    }

    /** Where the cluster below a bound ends: an element on it belongs to the centre nearer to zero. */
    private static int end(double[] sorted, double bound) {
        return bound > 0 ? countTo(sorted, bound) : countBelow(sorted, bound);
    }

    /** How many elements are below a bound. */
    private static int countBelow(double[] sorted, double bound) {
        return countTo(sorted, Math.nextDown(bound));
    }

    /** How many elements are not above a bound. */
    private static int countTo(double[] sorted, double bound) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (sorted[middle] <= bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double[] withZero(double[] numbers) {
        var more = Arrays.copyOf(numbers, numbers.length + 1);
        Arrays.sort(more);
        return more;
    }

    /** As floats; centres that round to the same float become one. */
    private static float[] floats(double[] centres) {
        var floats = new float[centres.length];
        int count = 0;
        for (double centre : centres) {
            float value = (float) centre;
            value = value == 0 ? 0 : value;
            if (count == 0 || value > floats[count - 1]) {
                floats[count++] = value;
            }
        }
        return Arrays.copyOf(floats, count);
    }
}

package org.espalier.nn.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.nn.Labels;
import org.espalier.tensor.Rng;
import org.espalier.tensor.ShapeException;

/** The classes of samples. */
final class Stratification {
    private static final int ROWS = 512;

    private Stratification() {}

    /**
     * The class of every sample: the label [n] or [n, 1], or the largest of several targets if they are one-hot.
     *
     * @throws ShapeException if the targets are no classes
     */
    static int[] classes(Dataset samples) {
        var classes = new int[samples.size()];
        for (int from = 0; from < classes.length; from += ROWS) {
            var targets = samples.range(from, Math.min(classes.length, from + ROWS)).targets();
            int rows = targets.dim(0);
            int[] some;
            if (targets.size() == rows) {
                some = Labels.toArray(targets, "classes of samples", Labels.LIMIT);
            } else if (targets.rank() == 2 && isOneHot(targets.toArray(), targets.dim(1))) {
                some = targets.argmax();
            } else {
                throw new ShapeException("classes of samples: targets must be labels [n] or one-hot rows, not "
                        + targets.shape() + "; samples without classes cannot be stratified");
            }
            System.arraycopy(some, 0, classes, from, rows);
        }
        return classes;
    }

    private static boolean isOneHot(float[] elements, int width) {
        for (int row = 0; row < elements.length / width; row++) {
            int ones = 0;
            for (int i = row * width; i < (row + 1) * width; i++) {
                if (elements[i] != 0 && elements[i] != 1) {
                    return false;
                }
                ones += (int) elements[i];
            }
            if (ones != 1) {
                return false;
            }
        }
        return true;
    }

    /** The samples of each class, shuffled by the seed. */
    static List<int[]> strata(Dataset samples, long seed) {
        int[] classes = classes(samples);
        int count = Arrays.stream(classes).max().orElse(-1) + 1;
        int[] order = Rng.of(seed).permutation(classes.length);
        var sizes = new int[count];
        for (int one : classes) {
            sizes[one]++;
        }
        var strata = new ArrayList<int[]>();
        for (int size : sizes) {
            strata.add(new int[size]);
        }
        Arrays.fill(sizes, 0);
        for (int index : order) {
            int one = classes[index];
            strata.get(one)[sizes[one]++] = index;
        }
        return strata;
    }
}

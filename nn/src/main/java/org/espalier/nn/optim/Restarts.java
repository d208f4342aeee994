package org.espalier.nn.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * When the moments of a parameter's elements began, as far as that is later than the parameter's first step: a mask
 * that changes clears moments. Adam divides moments by a factor that depends on how long they have been growing from
 * zero; with the age of the whole parameter, a weight that regrows at step 10,000 would make steps of 3 to 7 times the
 * rate.
 */
final class Restarts {
    /** For each element the steps of its parameter before its moments began; null if all are 0. */
    private int[] starts;
    private List<Cohort> cohorts = List.of();

    /**
     * Elements whose moments began together.
     *
     * @param start the steps of the parameter before
     * @param places where they are among the moments, ascending
     */
    record Cohort(int start, int[] places) {}

    List<Cohort> cohorts() {
        return cohorts;
    }

    /** Records the number of steps after which the moments of an element begin. */
    void restart(int elements, int element, int steps) {
        if (starts == null && steps > 0) {
            starts = new int[elements];
        }
        if (starts != null) {
            starts[element] = steps;
        }
    }

    /**
     * Gathers the cohorts again, after a change of the mask.
     *
     * @param stored the elements whose moments are there, in the order of the moments; null for all
     * @param mask which of them are in use, or null for all
     */
    void gather(int[] stored, Mask mask) {
        if (starts == null) {
            return;
        }
        // An element that is out of use begins when it comes back.
        for (int i = 0; mask != null && i < starts.length; i++) {
            starts[i] = mask.keeps(i) ? starts[i] : 0;
        }
        var byStart = new TreeMap<Integer, int[]>();
        var sizes = new TreeMap<Integer, Integer>();
        int count = stored == null ? starts.length : stored.length;
        for (int i = 0; i < count; i++) {
            int element = stored == null ? i : stored[i];
            int start = starts[element];
            if (start > 0 && (mask == null || mask.keeps(element))) {
                int size = sizes.merge(start, 1, Integer::sum);
                int[] places = byStart.computeIfAbsent(start, key -> new int[16]);
                if (size > places.length) {
                    places = Arrays.copyOf(places, 2 * places.length);
                    byStart.put(start, places);
                }
                places[size - 1] = i;
            }
        }
        var all = new ArrayList<Cohort>();
        byStart.forEach((start, places) -> all.add(new Cohort(start, Arrays.copyOf(places, sizes.get(start)))));
        cohorts = List.copyOf(all);
    }

    /** Whether the moments of all elements in use began with the parameter's. */
    boolean isEmpty() {
        return cohorts.isEmpty();
    }

    /** For each element the steps before its moments began. */
    Tensor toTensor(Shape shape) {
        var elements = new float[starts.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = starts[i];
        }
        return Storage.adopt(shape, elements);
    }

    /** Throws {@link IllegalArgumentException} unless each element is a number of steps up to {@code steps}. */
    static void require(String name, Tensor tensor, int steps) {
        for (float element : Storage.array(tensor)) {
            if (!(element >= 0 && element <= steps && element == (int) element)) {
                throw new IllegalArgumentException("optimizer state: moments of " + name + " began at step " + element
                        + " of " + steps);
            }
        }
    }

    /** Replaces all; null for none. */
    void restore(Tensor tensor) {
        starts = null;
        cohorts = List.of();
        if (tensor != null) {
            float[] elements = Storage.array(tensor);
            starts = new int[elements.length];
            for (int i = 0; i < elements.length; i++) {
                starts[i] = (int) elements[i];
            }
        }
    }
}

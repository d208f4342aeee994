package org.espalier.compressed;

import java.util.Arrays;

/** The elements that are written, ascending: all up to a size, for which nothing is allocated, or those of a list. */
record Entries(int size, int[] list) {
    static Entries all(int size) {
        return new Entries(size, null);
    }

    static Entries of(int[] list) {
        return new Entries(list.length, list);
    }

    boolean isAll() {
        return list == null;
    }

    int at(int entry) {
        return isAll() ? entry : list[entry];
    }

    boolean[] among(int elements) {
        var written = new boolean[elements];
        for (int i = 0; i < size; i++) {
            written[at(i)] = true;
        }
        return written;
    }

    float[] of(float[] elements) {
        var chosen = Arrays.copyOf(elements, size);
        for (int i = 0; i < size && !isAll(); i++) {
            chosen[i] = elements[list[i]];
        }
        return chosen;
    }

    byte[] of(byte[] elements) {
        var chosen = Arrays.copyOf(elements, size);
        for (int i = 0; i < size && !isAll(); i++) {
            chosen[i] = elements[list[i]];
        }
        return chosen;
    }
}

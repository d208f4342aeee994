package org.espalier.prune.graph;

import java.util.Arrays;

/**
 * Which slots belong to one unit. A forest of sets: every set is named by its smallest slot, so the result does not
 * depend on the order of the ties. Paths are halved on the way, which makes a look-up nearly constant in practice.
 */
final class Ties {
    private int[] parent = new int[64];
    private int size;

    /** New slots, each alone. */
    Span span(int count) {
        if (parent.length - size < count) {
            parent = Arrays.copyOf(parent, Math.max(2 * parent.length, size + count));
        }
        var span = new Span(size, count);
        for (int i = 0; i < count; i++) {
            parent[size + i] = size + i;
        }
        size += count;
        return span;
    }

    int size() {
        return size;
    }

    /** The smallest slot tied to this one. */
    int unit(int slot) {
        int at = slot;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    void tie(int a, int b) {
        int one = unit(a);
        int other = unit(b);
        parent[Math.max(one, other)] = Math.min(one, other);
    }

    /** Ties index to index; both spans are equally long. */
    void tie(Span a, Span b) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException("shrink: " + a.size() + " units meet " + b.size());
        }
        for (int i = 0; i < a.size(); i++) {
            tie(a.slot(i), b.slot(i));
        }
    }
}

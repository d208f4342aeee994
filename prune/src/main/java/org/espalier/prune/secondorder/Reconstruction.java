package org.espalier.prune.secondorder;

import org.espalier.prune.notation.Notations;

/** A way to choose weights of one layer and to change those that stay so that the layer's outputs change least. */
public sealed interface Reconstruction permits OptimalBrainCompression, OptimalBrainSurgeon, SparseGpt {
    /** A few words for tables and messages, such as {@code obc}; {@link #parse} reads them back. */
    default String text() {
        return Notations.describe(this);
    }

    /**
     * The method of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Reconstruction parse(String text) {
        return Notations.standard().parse(Reconstruction.class, text);
    }

    /** Optimal brain compression: exact, row by row. */
    static OptimalBrainCompression obc() {
        return new OptimalBrainCompression();
    }

    /** The optimal brain surgeon: all weights of all layers together, for small nets. */
    static OptimalBrainSurgeon obs() {
        return new OptimalBrainSurgeon();
    }

    /** SparseGPT: all rows at once, for large layers. */
    static SparseGpt sparseGpt() {
        return new SparseGpt();
    }
}

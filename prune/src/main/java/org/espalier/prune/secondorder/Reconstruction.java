package org.espalier.prune.secondorder;

/** A way to choose weights of one layer and to change those that stay so that the layer's outputs change least. */
public sealed interface Reconstruction permits OptimalBrainCompression, OptimalBrainSurgeon, SparseGpt {
    /** A few words for tables and messages, such as {@code obc}; {@link Reconstructions#parse} reads them back. */
    String text();
}

package org.espalier.prune.quantize;

/** A way to round the weights of one layer so that the layer's outputs change least. */
public sealed interface Rounding permits Gptq, OptimalBrainQuantization {
    /** A few words for tables and messages, such as {@code gptq}. */
    String text();
}

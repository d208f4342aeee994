package org.espalier.kernel;

/** What {@link Kernels#linear} applies to the finished sums. */
public enum FusedActivation {
    /** The sums themselves. */
    NONE,
    /** max(x, +0); NaN stays NaN. */
    RELU,
    /** As {@link Kernels#tanh}. */
    TANH,
    /** As {@link Kernels#sigmoid}. */
    SIGMOID,
    /** As {@link Kernels#gelu}. */
    GELU
}

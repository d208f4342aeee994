package org.espalier.prune.sparsity;

import java.util.Locale;

/** What a budget may limit, over the whole model and as its masks are. */
public enum Resource {
    /** Kept elements of weights. */
    WEIGHTS,
    /** Kept weights and biases. */
    PARAMETERS,
    /** Bytes of float32 values, with indices, each layer in the smallest of dense, compressed rows and bitmap. */
    BYTES,
    /** Two for each kept weight and row of input. */
    FLOPS,
    /** Microseconds for a batch on a machine, by a table of what was measured there. */
    MICROSECONDS;

    /** The word for it, such as {@code bytes}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.espalier.nn;

import org.espalier.tensor.Rng;

/**
 * How a model is being run: for inference, or for training with a source of randomness. It travels with the call, so a
 * model has no mode to forget to switch.
 */
public final class Pass {
    private static final Pass INFERENCE = new Pass(null);

    private final Rng rng;

    private Pass(Rng rng) {
        this.rng = rng;
    }

    /** Dropout passes everything, normalization uses its running statistics. */
    public static Pass inference() {
        return INFERENCE;
    }

    /** Dropout draws from {@code rng}; normalization uses and updates statistics of the batch. */
    public static Pass training(Rng rng) {
        return new Pass(java.util.Objects.requireNonNull(rng, "rng"));
    }

    /** Whether this is a training pass. */
    public boolean isTraining() {
        return rng != null;
    }

    /** The randomness of a training pass; throws {@link IllegalStateException} in inference. */
    public Rng rng() {
        if (rng == null) {
            throw new IllegalStateException("an inference pass has no randomness");
        }
        return rng;
    }
}

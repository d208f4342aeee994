package org.espalier.nn;

import java.util.Objects;
import org.espalier.tensor.Rng;

/**
 * Whether a forward pass is for training, with a source of randomness, or for inference: what other libraries call
 * train and eval mode. It is an argument of the call, so a model has no mode to forget to switch.
 */
public final class Mode {
    private static final Mode INFERENCE = new Mode(null, false);

    private final Rng rng;
    private final boolean sparse;

    private Mode(Rng rng, boolean sparse) {
        this.rng = rng;
        this.sparse = sparse;
    }

    /** Dropout passes everything, normalization uses its running statistics. */
    public static Mode inference() {
        return INFERENCE;
    }

    /** Dropout draws from {@code rng}; normalization uses and updates statistics of the batch. */
    public static Mode training(Rng rng) {
        return new Mode(Objects.requireNonNull(rng, "rng"), false);
    }

    /** Whether the pass is for training. */
    public boolean isTraining() {
        return rng != null;
    }

    /**
     * This mode for a caller that needs no gradients of masked weights: layers may skip these weights, which is the
     * faster the sparser the model. Their gradients are then +0; without this, they are those of an unmasked weight of
     * value 0. Results may differ in the last bits.
     */
    public Mode sparse() {
        return new Mode(rng, true);
    }

    /** Whether layers may skip masked weights. */
    public boolean isSparse() {
        return sparse;
    }

    /** The source of randomness in training; throws {@link IllegalStateException} in inference. */
    public Rng rng() {
        if (rng == null) {
            throw new IllegalStateException("the mode of inference has no source of randomness");
        }
        return rng;
    }
}

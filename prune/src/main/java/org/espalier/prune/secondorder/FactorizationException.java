package org.espalier.prune.secondorder;

/**
 * The second derivative of a layer's error has no Cholesky factor, so weights cannot be repaired by it. There is no
 * fallback: pruning by something else without saying so would look like success.
 */
public final class FactorizationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    FactorizationException(String layer, int inputs, int samples, double damping) {
        super("layer '" + layer + "': the " + inputs + " x " + inputs + " matrix of its inputs over " + samples
                + " samples is not positive definite with damping " + damping
                + "; use more samples or more damping, and look for NaN or infinity in the data");
    }
}

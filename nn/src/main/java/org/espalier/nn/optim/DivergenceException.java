package org.espalier.nn.optim;

/**
 * Training diverged: a loss or a gradient is NaN or infinite. Thrown before anything is changed by it; the
 * message names the step and, for a gradient, the parameter.
 */
public final class DivergenceException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    /** With a message that says where. */
    public DivergenceException(String message) {
        super(message);
    }
}

package org.espalier.nn.train;

import org.espalier.tensor.Gradients;

/**
 * Updates masks by gradients while a model trains: at some steps the masks change and the weights do not. Such a
 * step is counted like any other, but the optimizer leaves every parameter alone, as RigL asks. Which steps they are
 * must depend on the step alone, so that a resumed run finds the same ones.
 */
public interface MaskUpdater {
    /** Whether this step, counted from 0, changes masks instead of weights. */
    boolean replaces(int step);

    /**
     * Changes masks.
     *
     * @param step the step
     * @param gradients of every weight, those under a mask included; the parameters still have the values they belong
     *     to
     */
    void update(int step, Gradients gradients);
}

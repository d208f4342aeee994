package org.espalier.prune.structure;

/**
 * A unit that a shrink took out.
 *
 * @param layer the layer that made it, or {@link ShrinkResult#INPUT}
 * @param index its number there
 * @param cause why it could go
 */
public record RemovedUnit(String layer, int index, Cause cause) {

    /** Why nothing is lost. */
    public enum Cause {
        /** No output of the model depends on it. */
        DEAD,
        /** It is the same for every input in inference; what it added is now in the biases that read it. */
        CONSTANT
    }
}

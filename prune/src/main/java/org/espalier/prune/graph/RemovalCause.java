package org.espalier.prune.graph;

/** Why a unit can be removed without loss. */
public enum RemovalCause {
    /** No output of the model depends on it. */
    DEAD,
    /** It is the same for every input in inference; what it added is now in the biases that read it. */
    CONSTANT
}

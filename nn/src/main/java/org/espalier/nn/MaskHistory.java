package org.espalier.nn;

import java.util.Optional;

/**
 * A node in the history of a {@link Parameter}'s masks: one mask, or none, and a link to the node after it. A reader
 * that keeps a node can follow every later change: an element that one mask dropped and a later one kept again is not
 * the element it was. Nodes that no reader keeps are collected.
 */
public final class MaskHistory {
    private final Mask mask;
    private volatile MaskHistory next;

    MaskHistory(Mask mask) {
        this.mask = mask;
    }

    /** The mask, if there is one. */
    public Optional<Mask> mask() {
        return Optional.ofNullable(mask);
    }

    /** The next node; empty if this is the current one. */
    public Optional<MaskHistory> next() {
        return Optional.ofNullable(next);
    }

    /** This node if the mask is the same, otherwise a new one that this links to. Called under the parameter's lock. */
    MaskHistory followedBy(Mask other) {
        if (other == mask) {
            return this;
        }
        next = new MaskHistory(other);
        return next;
    }
}

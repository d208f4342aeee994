package org.espalier.tensor;

/**
 * How a tracked tensor came to be: the op and its inputs. A leaf, a tensor the user asked gradients for, has neither.
 */
record Node(Op op, Tensor... inputs) {
    /** Marks a tensor that gradients are collected for. */
    static final Node LEAF = new Node(null);
}

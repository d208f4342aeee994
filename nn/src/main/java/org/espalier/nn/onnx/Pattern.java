package org.espalier.nn.onnx;

/**
 * A way to write a layer as nodes of ONNX. Recognition is exact: nodes that compute something similar are not taken for
 * the layer.
 */
@FunctionalInterface
interface Pattern {
    /** The layer whose value this step gives, or null; throws {@link IllegalArgumentException} if it cannot be held. */
    Match match(OperatorStep step);
}

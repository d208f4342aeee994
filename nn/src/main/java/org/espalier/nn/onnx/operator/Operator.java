package org.espalier.nn.onnx.operator;

import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.tensor.Tensor;

/**
 * One output of an operator of ONNX, with its attributes: what it computes, and what is known of the result before
 * anything is computed. An immutable record; the names of the operators and how they are made from a node's attributes
 * stand in the table of its family, {@code register}.
 *
 * <p>Methods throw {@link IllegalArgumentException} (a shape's is one) with the reason alone; the caller adds the node.
 */
public interface Operator {
    /** The result, differentiable where the function is. */
    Tensor value(Operands in);

    /** The result's element type: that of the first input, unless an operator says otherwise. */
    default DType type(Facts in) {
        return in.type(0);
    }

    /** The result's sizes, if they are known. */
    default Optional<Dims> dims(Facts in) {
        return Optional.empty();
    }

    /** Whether the result is made of elements of this input, unchanged and of whatever type. */
    default boolean moves(int input) {
        return false;
    }

    /**
     * Whether row i of the result depends on rows i of the inputs alone, rows lying along axis 0. Constants have no
     * rows. Asked only if all sizes are known.
     */
    default boolean keepsRows(Facts in) {
        return false;
    }
}

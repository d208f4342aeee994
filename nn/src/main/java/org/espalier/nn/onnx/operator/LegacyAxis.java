package org.espalier.nn.onnx.operator;

import java.util.Arrays;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * How the second operand lies against the first before opset 7: beginning at an axis of the first, not necessarily
 * against the innermost axes as NumPy has it since.
 *
 * @param axis where its axes begin; {@link #NONE} where NumPy's rule holds
 */
record LegacyAxis(long axis) {
    private static final long NONE = Long.MIN_VALUE;
    private static final int NUMPY_SINCE = 7;

    static LegacyAxis of(Attributes attributes) {
        if (attributes.opset() >= NUMPY_SINCE) {
            return new LegacyAxis(NONE);
        }
        attributes.ignore("broadcast");
        return new LegacyAxis(attributes.integer("axis", NONE));
    }

    /** The slopes of PRelu: one per channel, which is axis 1. */
    static LegacyAxis ofSlope(Attributes attributes) {
        return new LegacyAxis(attributes.opset() >= NUMPY_SINCE ? NONE : 1);
    }

    /** The operand in a shape that broadcasts as NumPy has it against one of {@code rank} axes. */
    Tensor aligned(Tensor operand, int rank) {
        int missing = missing(operand.rank(), rank);
        if (missing == 0) {
            return operand;
        }
        int[] dims = Arrays.copyOf(operand.shape().dims(), operand.rank() + missing);
        Arrays.fill(dims, operand.rank(), dims.length, 1);
        return operand.reshape(Shape.of(dims));
    }

    /** The same for sizes. */
    Dims aligned(Dims operand, int rank) {
        return operand.edited(all -> {
            for (int i = missing(operand.rank(), rank); i > 0; i--) {
                all.add(Dim.of(1));
            }
            return all;
        });
    }

    private int missing(int own, int rank) {
        if (axis == NONE || own == 0) {
            return 0;
        }
        return Math.max(0, rank - Dims.axis(axis, rank) - own);
    }
}

package org.espalier.nn.onnx;

import org.espalier.io.DType;
import org.espalier.nn.onnx.operator.Attributes;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.tensor.Shape;

/** Nodes that hold a constant: the value stands in one of several attributes. */
final class Constants {
    private Constants() {}

    static boolean isConstant(OnnxGraph.Node node) {
        return node.domain().isEmpty() && node.operator().equals("Constant");
    }

    /** The constant; throws {@link IllegalArgumentException} if it is of no kind that is supported. */
    static Constant of(Attributes attributes) {
        var value = attributes.tensor("value");
        float[] reals = attributes.has("value_float")
                ? new float[] {attributes.real("value_float", 0)}
                : attributes.reals("value_floats");
        long[] integers = attributes.has("value_int")
                ? new long[] {attributes.integer("value_int", 0)}
                : attributes.integers("value_ints");
        boolean single = attributes.has("value_float") || attributes.has("value_int");
        if (attributes.has("value_string") || attributes.has("value_strings")) {
            throw new IllegalArgumentException("strings are not supported");
        }
        attributes.requireNoOthers();
        if (value != null) {
            return value;
        }
        if (reals != null) {
            return Constant.floats(single ? Shape.scalar() : Shape.of(reals.length), reals);
        }
        if (integers != null) {
            return Constant.integers(DType.I64, single ? Shape.scalar() : Shape.of(integers.length), integers);
        }
        throw new IllegalArgumentException("it has no value");
    }
}

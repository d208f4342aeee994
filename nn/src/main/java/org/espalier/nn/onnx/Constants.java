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
        var reals = attributes.reals(attributes.has("value_float") ? "value_float" : "value_floats");
        var integers = attributes.integers(attributes.has("value_int") ? "value_int" : "value_ints");
        boolean single = attributes.has("value_float") || attributes.has("value_int");
        if (attributes.has("value_string") || attributes.has("value_strings")) {
            throw new IllegalArgumentException("strings are not supported");
        }
        attributes.requireNoOthers();
        return value
                .or(() -> reals.map(all -> Constant.floats(single ? Shape.scalar() : Shape.of(all.length), all)))
                .or(() -> integers
                        .map(all -> Constant.integers(DType.I64, single ? Shape.scalar() : Shape.of(all.length), all)))
                .orElseThrow(() -> new IllegalArgumentException("it has no value"));
    }
}

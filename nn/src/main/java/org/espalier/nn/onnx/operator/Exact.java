package org.espalier.nn.onnx.operator;

import org.espalier.io.DType;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Integers held as float32: exact up to 2²⁴, and within the range of their type. */
final class Exact {
    private Exact() {}

    /** The result of arithmetic on integers, or an {@link IllegalArgumentException} if one left its range. */
    static Tensor checked(Tensor result, DType type) {
        if (type.isFloat()) {
            return result;
        }
        float low = lowest(type);
        float high = highest(type);
        for (float value : Storage.array(result)) {
            if (!(value >= low && value <= high)) {
                throw new IllegalArgumentException("an element of type " + type + " becomes " + value
                        + ", which is beyond its range or the 2^24 that this library computes exactly");
            }
        }
        return result;
    }

    static float lowest(DType type) {
        return switch (type) {
            case BOOL, U8, U16, U32, U64 -> 0;
            case I8 -> Byte.MIN_VALUE;
            case I16 -> Short.MIN_VALUE;
            default -> -Operand.EXACT;
        };
    }

    static float highest(DType type) {
        return switch (type) {
            case BOOL -> 1;
            case I8 -> Byte.MAX_VALUE;
            case U8 -> 255;
            case I16 -> Short.MAX_VALUE;
            case U16 -> 65535;
            default -> Operand.EXACT;
        };
    }
}

package org.espalier.nn.onnx;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.espalier.io.DType;
import org.espalier.nn.Parameter;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * Constants of a graph as parameters. Each is decoded once for each way it is used: nodes that read the same constant
 * share a parameter, so tied weights stay tied, and a small file cannot ask for much memory.
 */
final class ConstantParameters {
    private final Map<Constant, Map<String, Parameter>> known = new IdentityHashMap<>();

    /** The parameter that a constant is in one use of it, made when it is first asked for. */
    Parameter of(Constant constant, String use, Supplier<Parameter> make) {
        var uses = known.computeIfAbsent(constant, once -> new HashMap<>());
        var parameter = uses.get(use);
        if (parameter == null) {
            parameter = make.get();
            uses.put(use, parameter);
        }
        return parameter;
    }

    /** A weight [out, in] from a matrix of that shape, or of the transposed one. */
    Parameter matrix(Constant matrix, boolean transposed) {
        return of(matrix, transposed ? "transposed" : "weight",
                () -> Parameter.of("weight", transposed ? matrix.transposed() : matrix.tensor()));
    }

    /** A vector of a number of elements from a constant of these, or of one for all. */
    Parameter vector(Constant constant, String name, int size) {
        return of(constant, name + size, () -> Parameter.of(name, vector(constant, size)));
    }

    static Tensor vector(Constant constant, int size) {
        var values = constant.tensor();
        return constant.shape().size() == size
                ? values.reshape(Shape.of(size))
                : values.reshape(Shape.scalar()).expand(Shape.of(size));
    }

    /** Whether a constant of floats is a row of this width, or one number for all, and nothing more. */
    static boolean isRow(Value value, int size) {
        if (value == null || !value.isConstant() || value.type() != DType.F32) {
            return false;
        }
        var shape = value.constant().shape();
        for (int axis = 0; axis < shape.rank() - 1; axis++) {
            if (shape.dim(axis) != 1) {
                return false;
            }
        }
        return shape.size() == 1 || shape.rank() > 0 && shape.dim(-1) == size;
    }

    /** Whether a value is a matrix of float32 with elements. */
    static boolean isMatrix(Value value) {
        return value != null && value.isConstant() && value.type() == DType.F32
                && value.constant().shape().rank() == 2 && value.constant().shape().size() > 0;
    }
}

package org.espalier.nn.onnx;

import java.util.ArrayList;
import org.espalier.io.DType;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.nn.onnx.operator.Dims;
import org.espalier.nn.onnx.operator.Operand;
import org.espalier.nn.onnx.operator.Operands;
import org.espalier.nn.onnx.operator.QuantizationOperator;
import org.espalier.nn.onnx.operator.Reshaping;
import org.espalier.tensor.NoGrad;

/**
 * Computes steps whose inputs are all constants. The result may take as much memory as the size of the file justifies,
 * so that a few numbers in it cannot ask for much; sizes are looked at before anything is computed.
 */
final class Folding {
    private static final long FREE = 1 << 18;

    private long left;

    Folding(long fileBytes) {
        this.left = FREE + fileBytes;
    }

    /** The constant, or null if it has to be computed each time, or is better left as it is. */
    Constant constant(OperatorStep step, DType type, Dims dims) {
        if (step.operator() instanceof Reshaping.Dropout && step.input(0).isConstant()) {
            // whatever the ratio is, inference has none
            return step.input(0).constant();
        }
        for (var input : step.inputs()) {
            if (input != null && !input.isConstant() && !input.isCoded()) {
                return null;
            }
        }
        if (step.operator() instanceof QuantizationOperator.Dequantize) {
            // codes stay codes until it is known that no layer takes them
            return null;
        }
        var shape = dims == null ? null : dims.shape().orElse(null);
        if (shape == null) {
            return null;
        }
        take((long) shape.size() * type.bytes());
        for (var input : step.inputs()) {
            if (input != null) {
                input.decode();
            }
        }
        if (type != DType.F32) {
            var moved = Moves.constant(step);
            if (moved != null) {
                return moved;
            }
        }
        return computed(step, type);
    }

    private void take(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw new IllegalArgumentException("its constant result is larger than a file of this size justifies;"
                    + " simplify the model before, for example with onnxsim, or export it again without this node");
        }
    }

    /** Computes a step of constants now. */
    static Constant computed(OperatorStep step, DType type) {
        var operands = new ArrayList<Operand>();
        for (var input : step.inputs()) {
            operands.add(input == null ? null : input.constant());
        }
        return NoGrad.call(() -> Constant.of(type, step.operator().value(new Operands(operands))));
    }
}

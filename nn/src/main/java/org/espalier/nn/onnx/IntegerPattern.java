package org.espalier.nn.onnx;

import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.io.DType;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.onnx.operator.ProductOperator;
import org.espalier.nn.onnx.operator.QuantizationOperator;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * A linear layer on codes of 8 bits: a product of inputs and weights that come from codes. The bias must be in steps of
 * input scale times row scale, as integer arithmetic has it; one of floats makes the layer one of floats.
 */
final class IntegerPattern implements Pattern {
    private static final int SCALE = 1;
    private static final int ZERO = 2;
    private static final int UNSIGNED_TO_SIGNED = 128;

    /** The weight [out, in] as codes. */
    private record Codes(byte[] values, float[] scales) {}

    @Override
    public Match match(OperatorStep step) {
        boolean gemm =
                step.operator() instanceof ProductOperator.Gemm product && !product.transA() && product.alpha() == 1
                        && product.beta() == 1;
        if (!gemm && !(step.operator() instanceof ProductOperator.MatMul)) {
            return null;
        }
        boolean transposed = !(step.operator() instanceof ProductOperator.Gemm product && product.transB());
        var rounding = step.input(0).step();
        var input = rounding == null ? null : input(rounding);
        var weight = weight(step.input(1), transposed);
        if (input == null || weight == null) {
            return null;
        }
        int out = weight.scales.length;
        var bias = step.input(2) == null ? Tensor.zeros(Shape.of(out)) : bias(step.input(2), input, weight);
        if (bias == null) {
            return null;
        }
        try {
            var matrix = new QuantizedMatrix(8, weight.values.length / out, weight.values, weight.scales);
            return Match.of(IntegerLinear.of(matrix, bias, Optional.of(input)), rounding.input(0).step().input(0));
        } catch (IllegalArgumentException e) {
            // codes that the layer does not have; they are computed with as floats
            return null;
        }
    }

    /** The scale of inputs that are rounded to codes and back by the same constants. */
    private static ActivationScale input(OperatorStep back) {
        var codes = back.operator() instanceof QuantizationOperator.Dequantize ? back.input(0).step() : null;
        if (codes == null || !(codes.operator() instanceof QuantizationOperator.Quantize)) {
            return null;
        }
        var scale = codes.input(SCALE);
        var type = codes.input(ZERO) == null ? DType.U8 : codes.input(ZERO).type();
        boolean same = Double.compare(Algebra.number(scale), Algebra.number(back.input(SCALE))) == 0
                && Algebra.number(scale) > 0 && (type == DType.U8 || type == DType.I8);
        if (!same || zero(codes.input(ZERO)) != zero(back.input(ZERO)) || zero(codes.input(ZERO)) < -128) {
            return null;
        }
        int shift = type == DType.U8 ? UNSIGNED_TO_SIGNED : 0;
        return new ActivationScale((float) Algebra.number(scale), zero(codes.input(ZERO)) - shift);
    }

    /** A zero point that is one constant, 0 if there is none; otherwise a number that no zero point is. */
    private static int zero(Value zero) {
        if (zero == null) {
            return 0;
        }
        boolean one = zero.isConstant() && zero.constant().shape().size() == 1;
        return one ? Math.toIntExact(zero.constant().integers()[0]) : Integer.MIN_VALUE;
    }

    private static boolean isZero(Value zero) {
        if (zero == null) {
            return true;
        }
        for (long one : zero.constant().integers()) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    private static Codes weight(Value weight, boolean transposed) {
        if (!weight.isCoded() || weight.rank() != 2) {
            return null;
        }
        var step = weight.step();
        var codes = step.input(0).constant();
        int rows = codes.shape().dim(0);
        int columns = codes.shape().dim(1);
        int out = transposed ? columns : rows;
        float[] scales = step.input(SCALE).constant().tensor().toArray();
        long axis = ((QuantizationOperator.Dequantize) step.operator()).axis();
        boolean perRow = scales.length == out && (axis < 0 ? axis + 2 : axis) == (transposed ? 1 : 0);
        if (codes.type() != DType.I8 || out == 0 || !isZero(step.input(ZERO)) || !perRow && scales.length != 1) {
            return null;
        }
        long[] all = codes.integers();
        var values = new byte[all.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[transposed ? j * rows + i : i * columns + j] = (byte) all[i * columns + j];
            }
        }
        return new Codes(values, scales.length == out
                ? scales
                : ConstantParameters.vector(
                        step.input(SCALE).constant(), out).toArray());
    }

    private static Tensor bias(Value bias, ActivationScale input, Codes weight) {
        if (!bias.isCoded() || bias.rank() != 1 || !isZero(bias.step().input(ZERO))) {
            return null;
        }
        int out = weight.scales.length;
        var given = bias.step().input(SCALE).constant();
        if (given.shape().size() != out && given.shape().size() != 1) {
            return null;
        }
        float[] scales = ConstantParameters.vector(given, out).toArray();
        for (int row = 0; row < out; row++) {
            if (!Algebra.near(scales[row], input.scale() * weight.scales[row])) {
                return null;
            }
        }
        var values = Folding.computed(bias.step(), DType.F32).tensor();
        return values.size() == out ? values : null;
    }
}

package org.espalier.nn.onnx.operator;

import java.util.function.DoubleUnaryOperator;
import org.espalier.tensor.CustomOp;
import org.espalier.tensor.Op;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A function of one number that the tensor engine does not have, computed in double precision.
 *
 * @param function which one
 */
record Pointwise(Function function) implements CustomOp {
    /** The functions. */
    enum Function {
        SIN(StrictMath::sin),
        COS(StrictMath::cos),
        TAN(StrictMath::tan),
        ASIN(StrictMath::asin),
        ACOS(StrictMath::acos),
        ATAN(StrictMath::atan),
        SINH(StrictMath::sinh),
        COSH(StrictMath::cosh),
        ASINH(Function::asinh),
        ACOSH(x -> StrictMath.log(x + Math.sqrt(x * x - 1))),
        ATANH(x -> 0.5 * StrictMath.log1p(2 * x / (1 - x))),
        EXPM1(StrictMath::expm1),
        FLOOR(Math::floor),
        CEIL(Math::ceil),
        TRUNCATE(x -> x < 0 ? Math.ceil(x) : Math.floor(x)),
        IS_NAN(x -> Double.isNaN(x) ? 1 : 0),
        IS_PLUS_INFINITY(x -> x == Double.POSITIVE_INFINITY ? 1 : 0),
        IS_MINUS_INFINITY(x -> x == Double.NEGATIVE_INFINITY ? 1 : 0);

        private final DoubleUnaryOperator value;

        Function(DoubleUnaryOperator value) {
            this.value = value;
        }

        private Tensor derivative(Tensor x) {
            return switch (this) {
                case SIN -> COS.of(x);
                case COS -> SIN.of(x).negate();
                case TAN -> TAN.of(x).square().plus(1);
                case ASIN -> x.square().affine(-1, 1).pow(-0.5f);
                case ACOS -> x.square().affine(-1, 1).pow(-0.5f).negate();
                case ATAN -> x.square().plus(1).pow(-1);
                case SINH -> COSH.of(x);
                case COSH -> SINH.of(x);
                case ASINH -> x.square().plus(1).pow(-0.5f);
                case ACOSH -> x.square().minus(1).pow(-0.5f);
                case ATANH -> x.square().affine(-1, 1).pow(-1);
                case EXPM1 -> x.exp();
                default -> throw new IllegalStateException(this + " has no derivative");
            };
        }

        private static double asinh(double x) {
            double size = Math.abs(x);
            return Math.copySign(StrictMath.log1p(size + size * size / (1 + Math.sqrt(size * size + 1))), x);
        }

        Tensor of(Tensor x) {
            return Op.apply(new Pointwise(this), x);
        }
    }

    @Override
    public Shape shape(Shape... inputs) {
        return inputs[0];
    }

    @Override
    public void forward(float[] out, Tensor... inputs) {
        float[] x = Storage.array(inputs[0]);
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) function.value.applyAsDouble(x[i]);
        }
    }

    @Override
    public boolean differentiable() {
        return function.compareTo(Function.FLOOR) < 0;
    }

    @Override
    public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
        return g.times(function.derivative(in[0]));
    }
}

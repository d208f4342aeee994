package org.espalier.nn.onnx.operator;

import java.util.function.DoubleBinaryOperator;
import org.espalier.tensor.CustomOp;
import org.espalier.tensor.Op;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A function of two numbers that the tensor engine does not have, for equal shapes, computed in double precision.
 *
 * @param function which one
 */
record Pairwise(Function function) implements CustomOp {
    /** The functions. */
    enum Function {
        /** a to the power of b. */
        POWER(StrictMath::pow) {
            @Override
            Tensor vjp(int input, Tensor g, Tensor y, Tensor a, Tensor b) {
                return input == 0
                        ? g.times(b).times(of(a, b.minus(1)))
                        : g.times(Tensor.where(y.equalTo(Tensor.scalar(0)), y, y.times(a.log())));
            }
        },
        /** The remainder with the sign of the divisor. */
        MODULO(Function::modulo) {
            @Override
            Tensor vjp(int input, Tensor g, Tensor y, Tensor a, Tensor b) {
                return input == 0 ? g : g.times(y.minus(a).div(b).round());
            }
        },
        /** The remainder with the sign of the dividend. */
        REMAINDER((a, b) -> a % b) {
            @Override
            Tensor vjp(int input, Tensor g, Tensor y, Tensor a, Tensor b) {
                return input == 0 ? g : g.times(y.minus(a).div(b).round());
            }
        };

        private final DoubleBinaryOperator value;

        Function(DoubleBinaryOperator value) {
            this.value = value;
        }

        private static double modulo(double a, double b) {
            double remainder = a % b;
            return remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
        }

        abstract Tensor vjp(int input, Tensor g, Tensor y, Tensor a, Tensor b);

        /** The value for shapes that broadcast. */
        Tensor of(Tensor a, Tensor b) {
            if (a.shape().equals(b.shape())) {
                return Op.apply(new Pairwise(this), a, b);
            }
            var common = Dims.broadcast(Dims.of(a.shape()), Dims.of(b.shape())).shape();
            return Op.apply(new Pairwise(this), a.expand(common), b.expand(common));
        }
    }

    @Override
    public Shape shape(Shape... inputs) {
        return inputs[0];
    }

    @Override
    public void forward(float[] out, Tensor... inputs) {
        float[] a = Storage.array(inputs[0]);
        float[] b = Storage.array(inputs[1]);
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) function.value.applyAsDouble(a[i], b[i]);
        }
    }

    @Override
    public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
        return function.vjp(input, g, y, in[0], in[1]);
    }
}

package org.espalier.tensor;

import java.util.function.DoubleUnaryOperator;

/**
 * One tensor in, one of the same shape out, element by element. A simple op is one plain loop, which the compiler
 * vectorizes; common transcendental ones call the kernels, whose scalar and vector forms give the same bits; the others
 * are computed in double precision by {@link StrictMath} and rounded once.
 */
public sealed interface Unary extends Op permits Elementary, Nonlinearity, Trigonometric, PiecewiseConstant {

    /** y[i] = f(x[i]) for the elements [from, to). */
    void map(float[] x, float[] y, int from, int to);

    /** The gradient g·f'(x). */
    Tensor gradient(Tensor g, Tensor x, Tensor y);

    /** What an element costs, in elements of a loop of few instructions. */
    default int cost() {
        return 1;
    }

    @Override
    default Shape shape(Shape... inputs) {
        return inputs[0];
    }

    @Override
    default void forward(float[] out, Tensor... inputs) {
        float[] x = inputs[0].array();
        Split.elements(out.length, cost(), (from, to) -> map(x, out, from, to));
    }

    @Override
    default Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
        return gradient(g, inputs[0], y);
    }

    /** y[i] = f(x[i]), computed in double precision and rounded once. */
    static void mapDoubles(DoubleUnaryOperator f, float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = (float) f.applyAsDouble(x[i]);
        }
    }
}

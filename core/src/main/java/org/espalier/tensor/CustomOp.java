package org.espalier.tensor;

/**
 * An operation that a program defines: a record that has its shape rule, value and gradient, and is used by
 * {@link Op#apply}. Read inputs through {@link Storage#array}, write the gradient in tensor methods, refuse what does
 * not fit by {@link ShapeException#of}, broadcast by {@link Shape#broadcast}, and let {@link GradCheck} check it.
 *
 * {@snippet :
 * record Swish() implements CustomOp {
 *     public Shape shape(Shape... inputs) {
 *         return inputs[0];
 *     }
 *
 *     public void forward(float[] out, Tensor... inputs) {
 *         float[] x = Storage.array(inputs[0]);
 *         for (int i = 0; i < out.length; i++) {
 *             out[i] = (float) (x[i] / (1 + StrictMath.exp(-x[i])));
 *         }
 *     }
 *
 *     public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
 *         var s = inputs[0].sigmoid();
 *         return g.times(s.plus(y.times(s.rsub(1))));
 *     }
 * }
 * var x = Tensor.vector(-1, 0, 2).withGrad();
 * Tensor y = Op.apply(new Swish(), x);
 * Gradients gradients = y.sum().backward();
 * double error = GradCheck.check(in -> Op.apply(new Swish(), in).sum(), x).error();   // below 5e-3
 * }
 */
public non-sealed interface CustomOp extends Op {
    /** Any number, unless the op says which: {@link Op#apply} then checks it. */
    @Override
    default int arity() {
        return -1;
    }
}

package org.espalier.tensor;

import org.espalier.kernel.Kernels;

/**
 * Two tensors in, broadcast against each other, element by element. An op is one plain loop over equal runs; the
 * {@link Broadcast} driver finds the runs.
 */
public sealed interface Binary extends Op {

    /** y[i] = f(a[i], b[i]) for the elements [from, to): one index for all, or the compiler could not vectorize it. */
    void zip(float[] a, float[] b, float[] y, int from, int to);

    @Override
    default int arity() {
        return 2;
    }

    @Override
    default Shape shape(Shape... inputs) {
        return Shape.broadcast(this, inputs[0], inputs[1]);
    }

    @Override
    default void forward(float[] out, Tensor... inputs) {
        Broadcast.zip(this, this::zip, inputs[0], inputs[1], out);
    }

    /** The part of a gradient that goes to an operand: all where it won, half where both are equal, otherwise none. */
    private static Tensor share(Tensor g, Tensor won, Tensor a, Tensor b) {
        return g.times(won.plus(a.equalTo(b).times(0.5f)));
    }

    /** a + b. */
    record Add() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = a[i] + b[i];
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return g;
        }
    }

    /** a − b. */
    record Subtract() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = a[i] - b[i];
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return input == 0 ? g : g.negate();
        }
    }

    /** a·b. */
    record Multiply() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = a[i] * b[i];
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return g.times(in[1 - input]);
        }
    }

    /** a / b. */
    record Divide() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = a[i] / b[i];
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return input == 0 ? g.div(in[1]) : g.times(y).div(in[1]).negate();
        }
    }

    /** The larger of the two, NaN if either is; where they are equal each gets half the gradient. */
    record Maximum() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.max(a[i], b[i]);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return share(g, in[input].greater(in[1 - input]), in[0], in[1]);
        }
    }

    /** The smaller of the two, NaN if either is; where they are equal each gets half the gradient. */
    record Minimum() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.min(a[i], b[i]);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return share(g, in[input].less(in[1 - input]), in[0], in[1]);
        }
    }

    /**
     * a where b &gt; 0, otherwise exactly 0: what a rectifier does to a gradient. It selects, so NaN or infinity in a
     * does not leak. No gradient flows into b.
     */
    record Gate() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            Kernels.active().gate(a, from, b, from, y, from, to - from);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return input == 0 ? g.gate(in[1]) : Tensor.zeros(y.shape());
        }
    }
}

package org.espalier.tensor;

import org.espalier.kernel.choice.KernelChoice;

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
        return g.weighted(won.plus(a.equalTo(b).times(0.5f)));
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
     * a·b, and exactly 0 where the weight b is 0, for any a: an element without weight does not count, even if infinite
     * or NaN. The gradient for a is weighted in the same way.
     */
    record Weighted() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = b[i] == 0 ? 0 : a[i] * b[i];
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return input == 0 ? g.weighted(in[1]) : g.times(in[0]);
        }
    }

    /**
     * a to the power b, as {@link Elementary#pow} defines it. The gradient for b is 0 where a is 0 and b is not
     * negative.
     */
    record Pow() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Elementary.pow(a[i], b[i]);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            if (input == 0) {
                return g.times(in[0].pow(in[1].minus(1))).weighted(in[1]);
            }
            var flat = in[0].equalTo(0).and(in[1].greaterEqual(0));
            return g.times(y).times(in[0].log()).gate(flat.not());
        }
    }

    /** a·log(b), and 0 where a is 0 unless b is NaN: the terms of an entropy. */
    record Xlogy() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            KernelChoice.current().dense().log(b, from, y, from, to - from);
            for (int i = from; i < to; i++) {
                y[i] = a[i] == 0 && b[i] == b[i] ? 0 : a[i] * y[i];
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            if (input == 0) {
                return g.times(in[1].log()).gate(in[0].equalTo(0).and(in[1].lessEqual(0)).not());
            }
            return g.div(in[1]).weighted(in[0]);
        }
    }

    /** The remainder of a / b with the sign of a, exact, as C's {@code fmod} and Java's {@code %}. */
    record Fmod() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = a[i] % b[i];
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return input == 0 ? g : g.times(in[0].minus(y).div(in[1]).round()).negate();
        }
    }

    /** The remainder of a / b with the sign of b, a − b·⌊a / b⌋, as Python's {@code %}. */
    record Remainder() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                float rest = a[i] % b[i];
                y[i] = rest != 0 && rest < 0 != b[i] < 0 ? rest + b[i] : rest;
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return input == 0 ? g : g.times(in[0].minus(y).div(in[1]).round()).negate();
        }
    }

    /**
     * a where b &gt; 0, otherwise exactly 0: what ReLU does to a gradient. It selects, so NaN or infinity in a
     * does not leak. No gradient flows into b.
     */
    record Gate() implements Binary {
        @Override
        public void zip(float[] a, float[] b, float[] y, int from, int to) {
            KernelChoice.current().dense().reluBackward(a, from, b, from, y, from, to - from);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return input == 0 ? g.gate(in[1]) : Tensor.zeros(y.shape());
        }
    }
}

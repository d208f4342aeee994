package org.espalier.tensor;

import java.util.Locale;

/**
 * Ops that choose: comparisons and logic, which give 1 for true and 0 for false and are constants for gradients, and
 * {@link Where}, which picks elements by them.
 */
public sealed interface Selection extends Op {

    /**
     * The six comparisons and three logical connectives. Any comparison with NaN is false, except that NaN is not equal
     * to anything. In logic what is not 0 is true, NaN included.
     */
    enum Relation {
        /** a &gt; b. */
        GREATER((a, b, y, from, to) -> {
            for (int i = from; i < to; i++) {
                y[i] = a[i] > b[i] ? 1f : 0f;
            }
        }),
        /** a ≥ b. */
        GREATER_EQUAL((a, b, y, from, to) -> {
            for (int i = from; i < to; i++) {
                y[i] = a[i] >= b[i] ? 1f : 0f;
            }
        }),
        /** a &lt; b. */
        LESS((a, b, y, from, to) -> {
            for (int i = from; i < to; i++) {
                y[i] = a[i] < b[i] ? 1f : 0f;
            }
        }),
        /** a ≤ b. */
        LESS_EQUAL((a, b, y, from, to) -> {
            for (int i = from; i < to; i++) {
                y[i] = a[i] <= b[i] ? 1f : 0f;
            }
        }),
        /** a = b. */
        EQUAL((a, b, y, from, to) -> {
            for (int i = from; i < to; i++) {
                y[i] = a[i] == b[i] ? 1f : 0f;
            }
        }),
        /** a ≠ b. */
        NOT_EQUAL((a, b, y, from, to) -> {
            for (int i = from; i < to; i++) {
                y[i] = a[i] != b[i] ? 1f : 0f;
            }
        }),
        /** Both are true. */
        AND((a, b, y, from, to) -> {
            for (int i = from; i < to; i++) {
                y[i] = a[i] != 0 && b[i] != 0 ? 1f : 0f;
            }
        }),
        /** At least one is true. */
        OR((a, b, y, from, to) -> {
            for (int i = from; i < to; i++) {
                y[i] = a[i] != 0 || b[i] != 0 ? 1f : 0f;
            }
        }),
        /** Exactly one is true. */
        XOR((a, b, y, from, to) -> {
            for (int i = from; i < to; i++) {
                y[i] = a[i] != 0 != (b[i] != 0) ? 1f : 0f;
            }
        });

        // A loop per relation: the compiler turns each into vector code, and could not do so with a choice inside.
        private final Broadcast.Run loop;

        Relation(Broadcast.Run loop) {
            this.loop = loop;
        }
    }

    /** A comparison or connective of two broadcast tensors. */
    record Compare(Relation relation) implements Selection {
        @Override
        public String name() {
            return relation.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public int arity() {
            return 2;
        }

        @Override
        public Shape shape(Shape... inputs) {
            return Shape.broadcast(this, inputs[0], inputs[1]);
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            Broadcast.zip(this, relation.loop, inputs[0], inputs[1], out);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
            throw new AssertionError("a comparison has no gradient");
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }

    /**
     * For three tensors of one shape: the second where the first is not 0, otherwise the third. It selects, so NaN in
     * what is not chosen does not leak, neither into the result nor into a gradient. NaN as a condition counts as true.
     */
    record Where() implements Selection {
        @Override
        public int arity() {
            return 3;
        }

        @Override
        public Shape shape(Shape... inputs) {
            if (!inputs[0].equals(inputs[1]) || !inputs[1].equals(inputs[2])) {
                throw ShapeException.of("where", "condition and both choices must have one shape", inputs);
            }
            return inputs[0];
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            float[] condition = inputs[0].array();
            float[] a = inputs[1].array();
            float[] b = inputs[2].array();
            Split.elements(out.length, (from, to) -> {
                for (int i = from; i < to; i++) {
                    out[i] = condition[i] != 0 ? a[i] : b[i];
                }
            });
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
            var zeros = Tensor.zeros(g.shape());
            return switch (input) {
                case 1 -> Tensor.where(inputs[0], g, zeros);
                case 2 -> Tensor.where(inputs[0], zeros, g);
                default -> zeros;
            };
        }
    }
}

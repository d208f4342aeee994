package org.espalier.tensor;

/**
 * Ops that choose: comparisons, which give 1 for true and 0 for false and are constants for gradients, and
 * {@link Where}, which picks elements by them.
 */
public sealed interface Selection extends Op {

    /** A comparison of two broadcast tensors; any comparison with NaN but "not equal" is false. */
    record Compare(Relation relation) implements Selection {
        /** The six relations. */
        public enum Relation {
            GREATER,
            GREATER_EQUAL,
            LESS,
            LESS_EQUAL,
            EQUAL,
            NOT_EQUAL;

            boolean holds(float a, float b) {
                return switch (this) {
                    case GREATER -> a > b;
                    case GREATER_EQUAL -> a >= b;
                    case LESS -> a < b;
                    case LESS_EQUAL -> a <= b;
                    case EQUAL -> a == b;
                    case NOT_EQUAL -> a != b;
                };
            }
        }

        @Override
        public String name() {
            return relation.name().toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public Shape shape(Shape... inputs) {
            return Shape.broadcast(name(), inputs[0], inputs[1]);
        }

        @Override
        public void forward(Tensor[] inputs, float[] out) {
            Broadcast.zip(
                    (a, ao, b, bo, y, yo, n) -> {
                        for (int i = 0; i < n; i++) {
                            y[yo + i] = relation.holds(a[ao + i], b[bo + i]) ? 1f : 0f;
                        }
                    },
                    inputs[0],
                    inputs[1],
                    out);
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

    /** For three tensors of one shape: the second where the first is not 0, otherwise the third. NaN in the other does not leak. */
    record Where() implements Selection {
        @Override
        public Shape shape(Shape... inputs) {
            if (!inputs[0].equals(inputs[1]) || !inputs[1].equals(inputs[2])) {
                throw ShapeException.of("where", "condition and both choices must have one shape", inputs);
            }
            return inputs[0];
        }

        @Override
        public void forward(Tensor[] inputs, float[] out) {
            float[] condition = inputs[0].array();
            float[] a = inputs[1].array();
            float[] b = inputs[2].array();
            for (int i = 0; i < out.length; i++) {
                out[i] = condition[i] != 0 ? a[i] : b[i];
            }
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

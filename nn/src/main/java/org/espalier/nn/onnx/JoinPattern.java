package org.espalier.nn.onnx;

import org.espalier.nn.Join;
import org.espalier.nn.onnx.operator.Arithmetic;
import org.espalier.nn.onnx.operator.Joining;

/** Sums and products of values of one shape, and values side by side: where branches of a graph meet. */
final class JoinPattern implements Pattern {
    @Override
    public Match match(OperatorStep step) {
        for (var input : step.inputs()) {
            if (input == null || input.isConstant() || input.type().isInteger()) {
                return null;
            }
        }
        var layer = switch (step.operator()) {
            case Arithmetic arithmetic when haveOneShape(step) -> layer(arithmetic);
            case Joining.Concat concat -> {
                int rank = step.input(0).rank();
                yield concat.axis() == -1 || rank > 0 && concat.axis() == rank - 1 ? Join.concat() : null;
            }
            default -> null;
        };
        return layer == null ? null : new Match(layer, step.inputs());
    }

    private static Join layer(Arithmetic arithmetic) {
        return switch (arithmetic.kind()) {
            case ADD, SUM -> Join.sum();
            case MUL -> Join.product();
            default -> null;
        };
    }

    private static boolean haveOneShape(OperatorStep step) {
        var first = step.input(0).dims();
        return first != null && step.inputs().stream().allMatch(input -> first.equals(input.dims()));
    }
}

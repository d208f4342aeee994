package org.espalier.nn.onnx;

import org.espalier.io.DType;
import org.espalier.nn.Flatten;
import org.espalier.nn.onnx.operator.Casting;
import org.espalier.nn.onnx.operator.Reshaping;

/** Nodes that change nothing, and flattening: [batch, …] to [batch, features]. Rows that are regrouped are neither. */
final class ShapePattern implements Pattern {
    private static final int ROWS = 2;

    @Override
    public Match match(OperatorStep step) {
        var x = step.input(0);
        return switch (step.operator()) {
            case Reshaping.Identity same -> Match.same(x);
            case Reshaping.Dropout dropout -> dropout(step);
            case Casting.Cast cast when x.type() == cast.to() || x.type().isFloat() && isFloat(cast) -> Match.same(x);
            default -> reshaped(step);
        };
    }

    private static boolean isFloat(Casting.Cast cast) {
        return cast.to() != null && cast.to().isFloat();
    }

    private static Match dropout(OperatorStep step) {
        var training = step.input(2);
        boolean off = training == null || training.isConstant() && training.constant().type() == DType.BOOL
                && training.constant().shape().size() == 1 && training.constant().integers()[0] == 0;
        return off ? Match.same(step.input(0)) : null;
    }

    private static Match reshaped(OperatorStep step) {
        var from = step.input(0) == null ? null : step.input(0).dims();
        boolean reshapes = step.operator() instanceof Reshaping.Reshape || step.operator() instanceof Reshaping.Flatten;
        if (!reshapes) {
            return null;
        }
        var to = step.operator().dims(OperatorStep.facts(step.inputs())).orElse(null);
        if (from == null || to == null) {
            return step.operator() instanceof Reshaping.Flatten flatten && flatten.axis() == 1
                    ? Match.of(Flatten.of(), step.input(0))
                    : null;
        }
        if (from.equals(to)) {
            return Match.same(step.input(0));
        }
        boolean flattens = from.rank() >= 1 && to.rank() == ROWS && to.get(0).equals(from.get(0))
                && from.count(1, from.rank()).filter(to.get(1)::equals).isPresent();
        return flattens ? Match.of(Flatten.of(), step.input(0)) : null;
    }
}

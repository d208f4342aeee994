package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.espalier.io.DType;
import org.espalier.nn.onnx.operator.Arithmetic;
import org.espalier.nn.onnx.operator.Casting;
import org.espalier.nn.onnx.operator.Dim;
import org.espalier.nn.onnx.operator.Sizes;

/** Integers that depend on sizes alone, some of which may be open: what exporters compute shapes from. */
final class Integers {
    private Integers() {}

    /** The elements that a step computes, or null if they do not depend on sizes alone. */
    static List<Dim> of(OperatorStep step, DType type) {
        if (type.isFloat()) {
            return null;
        }
        return switch (step.operator()) {
            case Sizes.ShapeOf shape -> step.input(0).dims() == null ? null : shape.sizes(step.input(0).dims());
            case Sizes.SizeOf size -> {
                var dims = step.input(0).dims();
                yield dims == null ? null : dims.count(0, dims.rank()).map(List::of).orElse(null);
            }
            case Casting.Cast cast -> step.input(0).type().isFloat() ? null : step.input(0).integers();
            case Arithmetic arithmetic -> arithmetic(arithmetic, step);
            default -> Moves.of(step);
        };
    }

    /** Element by element; a single number goes with all elements of the other. */
    private static List<Dim> arithmetic(Arithmetic arithmetic, OperatorStep step) {
        if (step.inputs().size() != 2) {
            return null;
        }
        var a = step.input(0).integers();
        var b = step.input(1).integers();
        boolean flat = step.input(0).rank() <= 1 && step.input(1).rank() <= 1;
        if (a == null || b == null || !flat || a.size() != b.size() && a.size() != 1 && b.size() != 1) {
            return null;
        }
        int size = a.size() == 1 ? b.size() : a.size();
        var results = new ArrayList<Dim>();
        for (int i = 0; i < size; i++) {
            var result = arithmetic.of(a.get(a.size() == 1 ? 0 : i), b.get(b.size() == 1 ? 0 : i));
            if (result.isEmpty()) {
                return null;
            }
            results.add(result.get());
        }
        return Collections.unmodifiableList(results);
    }
}

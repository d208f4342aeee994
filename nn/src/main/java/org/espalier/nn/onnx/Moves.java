package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.List;
import org.espalier.io.DType;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.nn.onnx.operator.Dim;
import org.espalier.nn.onnx.operator.Operand;
import org.espalier.nn.onnx.operator.Operands;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Computes operators that only move elements, for elements of whatever type. Idea: the operator is given the places of
 * the elements in place of the elements, and what it makes of them says which elements the result has.
 */
final class Moves {
    private Moves() {}

    /** Elements that a step moves, and where they come from: indices into the concatenation of all moved inputs. */
    private record Moved(Shape shape, int... places) {}

    /** Whether a step does nothing but move elements of inputs that are constants, or known integers. */
    private static boolean applies(OperatorStep step, boolean constants) {
        boolean moves = false;
        for (int i = 0; i < step.inputs().size(); i++) {
            var input = step.input(i);
            boolean moved = input != null && step.operator().moves(i);
            moves |= moved;
            boolean known = input == null || input.isConstant()
                    || moved && !constants && input.integers() != null && input.dims() != null
                            && input.dims().shape().isPresent();
            if (!known) {
                return false;
            }
        }
        return moves;
    }

    private static Moved moved(OperatorStep step) {
        var operands = new ArrayList<Operand>();
        int from = 0;
        for (int i = 0; i < step.inputs().size(); i++) {
            var input = step.input(i);
            if (input == null || !step.operator().moves(i)) {
                operands.add(input == null ? null : input.constant());
                continue;
            }
            var shape = input.isConstant() ? input.constant().shape() : input.dims().shape().orElseThrow();
            if ((long) from + shape.size() > Operand.EXACT) {
                throw new IllegalArgumentException("constants of more than 2^24 elements cannot be moved");
            }
            operands.add(new Operand.Computed(places(shape, from), DType.F32));
            from += shape.size();
        }
        var result = step.operator().value(new Operands(operands));
        float[] found = Storage.array(result);
        var places = new int[found.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = (int) found[i];
        }
        return new Moved(result.shape(), places);
    }

    private static Tensor places(Shape shape, int from) {
        var places = new float[shape.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = from + i;
        }
        return Storage.adopt(shape, places);
    }

    /** Integers that depend on sizes alone, or null. */
    static List<Dim> of(OperatorStep step) {
        if (!applies(step, false)) {
            return null;
        }
        var all = new ArrayList<Dim>();
        for (int i = 0; i < step.inputs().size(); i++) {
            if (step.input(i) != null && step.operator().moves(i)) {
                if (step.input(i).integers() == null) {
                    return null;
                }
                all.addAll(step.input(i).integers());
            }
        }
        var moved = moved(step);
        var chosen = new ArrayList<Dim>(moved.places.length);
        for (int place : moved.places) {
            chosen.add(all.get(place));
        }
        return chosen;
    }

    /** A constant, or null if the step does more than move constants of one type. */
    static Constant constant(OperatorStep step) {
        if (!applies(step, true)) {
            return null;
        }
        var parts = new ArrayList<Constant>();
        for (int i = 0; i < step.inputs().size(); i++) {
            if (step.input(i) != null && step.operator().moves(i)) {
                parts.add(step.input(i).constant());
                if (parts.getFirst().type() != parts.getLast().type()) {
                    throw new IllegalArgumentException("its inputs have different element types");
                }
            }
        }
        var moved = moved(step);
        var all = parts.size() == 1 ? parts.getFirst() : Constant.chained(parts);
        return all.gathered(moved.shape, moved.places);
    }
}

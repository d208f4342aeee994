package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.espalier.nn.Embedding;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.onnx.operator.Joining;
import org.espalier.nn.onnx.operator.Operand;
import org.espalier.nn.onnx.operator.Operands;
import org.espalier.nn.onnx.operator.Picking;
import org.espalier.nn.onnx.operator.Slicing;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Choices of features by {@code Gather}, {@code Slice} or {@code Split}, and tables of vectors. */
final class FeaturePattern implements Pattern {
    private static final int MOST_FEATURES = 1 << 20;
    private static final int AXES = 3;

    private final ConstantParameters weights;

    FeaturePattern(ConstantParameters weights) {
        this.weights = weights;
    }

    @Override
    public Match match(OperatorStep step) {
        return switch (step.operator()) {
            case Picking.Gather gather when ConstantParameters.isMatrix(step.input(0)) && !step.input(1).isConstant() ->
                    gather.axis() == 0 ? embedding(step) : null;
            case Picking.Gather gather -> step.input(1).rank() == 1 ? select(step) : null;
            case Slicing slice -> select(step);
            case Joining.Split split -> select(step);
            default -> null;
        };
    }

    private Match embedding(OperatorStep step) {
        var table = step.input(0).constant();
        return Match.of(Embedding.of(weights.matrix(table, false).value().detach()), step.input(1));
    }

    /** Whether a step does nothing but choose along the innermost of several axes, and then which features. */
    private static Match select(OperatorStep step) {
        var x = step.input(0);
        var from = x == null ? null : x.dims();
        var to = step.operator().dims(OperatorStep.facts(step.inputs())).orElse(null);
        boolean constant = IntStream.range(1, step.inputs().size())
                .allMatch(i -> step.input(i) == null || step.input(i).isConstant());
        if (from == null || to == null || !constant || x.isConstant() || from.rank() < 2 || to.rank() != from.rank()
                || !from.get(-1).isKnown() || from.get(-1).factor() > MOST_FEATURES) {
            return null;
        }
        int width = Math.toIntExact(from.get(-1).factor());
        return isInnermost(step, from.rank()) ? Match.of(FeatureSelect.of(width, chosen(step, width)), x) : null;
    }

    /** Whether a step works along the innermost axis and no other. */
    private static boolean isInnermost(OperatorStep step, int rank) {
        long[] axes = switch (step.operator()) {
            case Picking.Gather gather -> new long[] {gather.axis()};
            case Joining.Split split -> new long[] {split.axis()};
            case Slicing slice when slice.axes() != null -> slice.axes();
            default -> step.input(AXES) == null ? new long[0] : step.input(AXES).constant().integers();
        };
        return axes.length == 1 && (axes[0] == -1 || axes[0] == rank - 1);
    }

    /** Which features a step chooses: what it makes of their numbers. */
    private static int[] chosen(OperatorStep step, int width) {
        int[] dims = new int[step.input(0).rank()];
        Arrays.fill(dims, 1);
        dims[dims.length - 1] = width;
        var numbers = new float[width];
        for (int i = 0; i < width; i++) {
            numbers[i] = i;
        }
        var operands = new ArrayList<Operand>();
        operands.add(new Operand.Computed(Storage.adopt(Shape.of(dims), numbers), step.input(0).type()));
        for (int i = 1; i < step.inputs().size(); i++) {
            operands.add(step.input(i) == null ? null : step.input(i).constant());
        }
        Tensor result = step.operator().value(new Operands(operands));
        float[] found = Storage.array(result);
        return IntStream.range(0, found.length).map(i -> (int) found[i]).toArray();
    }
}

package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.nn.Parameter;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.nn.onnx.operator.Dim;
import org.espalier.nn.onnx.operator.Padding;
import org.espalier.nn.onnx.operator.Reshaping;
import org.espalier.tensor.Shape;

/** What is none of the library's layers is executed as it stands. */
final class OperatorPattern implements Pattern {
    /** Operands of operators that are weights if they are constants. */
    private static final Map<String, List<Integer>> TRAINED = Map.of("MatMul", List.of(0, 1), "Gemm",
            List.of(0, 1, 2), "Einsum", List.of(0, 1, 2, 3), "PRelu", List.of(1));

    private final OnnxGraph graph;
    private final ConstantParameters weights;

    OperatorPattern(OnnxGraph graph, ConstantParameters weights) {
        this.graph = graph;
        this.weights = weights;
    }

    @Override
    public Match match(OperatorStep step) {
        var node = step.node();
        var attributes = node.attributes();
        var sources = new ArrayList<OnnxOperator.Source>();
        var inputs = new ArrayList<Value>();
        for (int i = 0; i < step.inputs().size(); i++) {
            var input = step.input(i);
            var sizes = i == 1 && input != null && !input.isConstant() ? sizes(step, input.integers()) : null;
            if (input == null) {
                sources.add(new OnnxOperator.Source.Absent());
            } else if (sizes != null) {
                sources.add(new OnnxOperator.Source.Fixed(sizes));
                attributes = Map.of();
            } else if (input.isConstant()) {
                sources.add(constant(node.operator(), i, input.constant()));
            } else {
                sources.add(new OnnxOperator.Source.Given(input.type()));
                inputs.add(input);
            }
        }
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("it does not depend on an input of the model");
        }
        var call = new OnnxOperator.Call(node.domain(), node.operator(), graph.opsets().get(node.domain()),
                step.output(), node.outputs().size(), attributes);
        return new Match(new OnnxOperator(call, sources), inputs);
    }

    private OnnxOperator.Source constant(String operator, int input, Constant constant) {
        if (constant.type() != DType.F32) {
            return new OnnxOperator.Source.Fixed(constant);
        }
        boolean trained = TRAINED.getOrDefault(operator, List.of()).contains(input);
        var name = OnnxOperator.parameterName(input);
        return new OnnxOperator.Source.Held(weights.of(constant, name + trained, () -> trained
                ? Parameter.of(name, constant.tensor())
                : Parameter.buffer(name, constant.tensor())));
    }

    /** Sizes that depend on open ones, said so that they need not be computed: taken over, or what remains. */
    private static Constant sizes(OperatorStep step, List<Dim> wanted) {
        if (wanted == null) {
            return null;
        }
        return switch (step.operator()) {
            case Reshaping.Reshape reshape -> reshape.zeroIsZero() && wanted.stream().anyMatch(dim -> dim.is(0))
                    ? null
                    : reshaped(step, wanted);
            case Padding.Expand expand -> expanded(step, wanted);
            default -> null;
        };
    }

    private static Constant reshaped(OperatorStep step, List<Dim> wanted) {
        var x = step.input(0).dims();
        long[] sizes = new long[wanted.size()];
        boolean rest = false;
        for (int i = 0; i < sizes.length; i++) {
            var dim = wanted.get(i);
            if (dim.isKnown()) {
                sizes[i] = dim.factor();
            } else if (x != null && i < x.rank() && x.get(i).equals(dim)) {
                sizes[i] = 0;
            } else {
                sizes[i] = -1;
            }
            if (sizes[i] == -1) {
                if (rest) {
                    return null;
                }
                rest = true;
            }
        }
        return Constant.integers(DType.I64, Shape.of(sizes.length), sizes);
    }

    /** An open size that the input has already is not expanded. */
    private static Constant expanded(OperatorStep step, List<Dim> wanted) {
        var x = step.input(0).dims();
        long[] sizes = new long[wanted.size()];
        for (int i = 0; i < sizes.length; i++) {
            var dim = wanted.get(i);
            int axis = x == null ? -1 : x.rank() - sizes.length + i;
            if (dim.isKnown()) {
                sizes[i] = dim.factor();
            } else if (axis >= 0 && x.get(axis).equals(dim)) {
                sizes[i] = 1;
            } else {
                return null;
            }
        }
        return Constant.integers(DType.I64, Shape.of(sizes.length), sizes);
    }
}

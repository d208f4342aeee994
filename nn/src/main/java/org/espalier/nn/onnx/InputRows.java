package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Sequential;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.tensor.Shape;

/**
 * Several inputs of a graph as the rows of one: the features of all inputs that are needed, side by side in the order
 * of the file.
 */
final class InputRows {
    private final OnnxGraph graph;
    private final Value row = Value.input("row", DType.F32, null);
    private final Map<Value, Integer> begins = new IdentityHashMap<>();
    private final int width;

    InputRows(OnnxGraph graph, List<Value> inputs) throws FormatException {
        this.graph = graph;
        var names = graph.inputs().stream().map(OnnxGraph.Port::name).toList();
        inputs.sort(Comparator.comparing(input -> names.indexOf(input.name())));
        int total = 0;
        for (var input : inputs) {
            requireRows(input, inputs.getFirst());
            begins.put(input, total);
            total = Math.addExact(total, width(input));
        }
        width = total;
    }

    private FormatException problem(Value input, String what) {
        return graph.problem("the model reads several inputs, which become the features of one row, but input " + input
                + " " + Analysis.text(input.dims()) + " " + what);
    }

    private void requireRows(Value input, Value first) throws FormatException {
        if (input.rank() < 1 || input.dims().all().stream().skip(1).anyMatch(dim -> !dim.isKnown())) {
            throw problem(input, "does not say how many features a row has");
        }
        var rows = input.dims().get(0);
        if (rows.isKnown() && first.dims().get(0).isKnown() && !rows.equals(first.dims().get(0))) {
            throw problem(input, "has another number of rows than input " + first);
        }
    }

    private static int width(Value input) {
        return Math.toIntExact(input.dims().count(1, input.rank()).orElseThrow().factor());
    }

    /** How an input is taken out of the row. */
    Match match(Value input) {
        int begin = begins.get(input);
        var select = FeatureSelect.of(width, IntStream.range(begin, begin + width(input)).toArray());
        if (input.rank() == 2) {
            return Match.of(select, row);
        }
        var sizes = new ArrayList<Long>(List.of(-1L));
        input.dims().all().stream().skip(1).forEach(dim -> sizes.add(dim.factor()));
        var shape = Constant.integers(DType.I64, Shape.of(sizes.size()),
                sizes.stream().mapToLong(Long::longValue).toArray());
        var reshape = new OnnxOperator(
                new OnnxOperator.Call("", "Reshape", OnnxProto.OPSET, 0, 1, Map.of()),
                List.of(new OnnxOperator.Source.Given(input.type()), new OnnxOperator.Source.Fixed(shape)));
        return Match.of(Sequential.of(select, reshape), row);
    }
}

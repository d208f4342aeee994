package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.RawTensor;
import org.espalier.nn.Container;
import org.espalier.nn.Join;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Mode;
import org.espalier.nn.Parameter;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Writes a model as a graph, for inference: a layer with a natural operator becomes that ({@link LayerNodes}), an
 * operator that was read stays what it was, a container becomes its parts, and whatever else is traced
 * ({@link OnnxTracer}), so that every layer that computes with tensor functions can be written.
 *
 * <p>Two batches of other values and other numbers of rows run along, so that the sizes of all values are known.
 */
final class Exporter {
    /**
     * A value of the graph.
     *
     * @param name its name
     * @param type its element type
     * @param width its innermost size, or 0 if it is not known
     * @param samples what it is for each of the two batches; null if that is not known
     */
    record Value(String name, DType type, int width, List<Tensor> samples) {
        Value as(String other, DType otherType) {
            return new Value(other, otherType, width, samples);
        }

        /** The number of axes, or −1. */
        int rank() {
            return samples == null ? -1 : samples.getFirst().rank();
        }
    }

    private final GraphWriter graph = new GraphWriter();
    private final Map<Parameter, String> written = new IdentityHashMap<>();
    private final LayerNodes layers = new LayerNodes(graph, this::parameter);
    private final int[] sample;

    private Exporter(int... sample) {
        this.sample = sample;
    }

    /**
     * The file of a model.
     *
     * @param sample the sizes of a sample; null for those that the model says itself
     */
    static byte[] toBytes(Layer model, int[] sample, Map<String, String> metadata) {
        int in = model.in();
        int[] sizes = sample != null ? sample : in > 0 ? new int[] {in} : null;
        return new Exporter(sizes).write(model, metadata);
    }

    private byte[] write(Layer model, Map<String, String> metadata) {
        var result = value("", model, List.of(new Value(GraphWriter.INPUT, DType.F32, model.in(), samples(model))));
        var last = cast(result, DType.F32);
        int[] in = sample == null ? new int[] {-1} : sample;
        return graph.model(last.name, in, outputSizes(result), metadata);
    }

    /** The sizes of a row of the output; null if there are no rows, or nothing is known of them. */
    private static int[] outputSizes(Value result) {
        if (result.samples == null) {
            return result.width > 0 ? new int[] {result.width} : null;
        }
        return result.rank() == 0
                ? null
                : Arrays.copyOfRange(result.samples.getFirst().shape().dims(), 1, result.rank());
    }

    /** Two batches of drawn numbers, or of small indices if the model can compute these alone; null if neither. */
    private List<Tensor> samples(Layer model) {
        if (sample == null) {
            return null;
        }
        var drawn = new ArrayList<Tensor>();
        for (int rows : OnnxTracer.ROWS) {
            int[] dims = new int[sample.length + 1];
            dims[0] = rows;
            System.arraycopy(sample, 0, dims, 1, sample.length);
            drawn.add(Rng.of(rows).normal(Shape.of(dims), 1));
        }
        var indices = drawn.stream().map(x -> x.greater(0)).toList();
        return computes(model, drawn) ? drawn : computes(model, indices) ? indices : null;
    }

    private static boolean computes(Layer model, List<Tensor> batches) {
        try {
            NoGrad.run(() -> batches.forEach(model::forward));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String parameter(String path, Parameter parameter) {
        var name = written.get(parameter);
        if (name == null) {
            name = graph.constant(Layers.join(path, parameter.name()), RawTensor.of(parameter.value()));
            written.put(parameter, name);
        }
        return name;
    }

    private Value cast(Value value, DType type) {
        if (value.type == type) {
            return value;
        }
        return value.as(graph.node("Cast", "", GraphWriter.with(new ProtoWriter(), "to", type.onnx()), value.name),
                type);
    }

    private Value value(String path, Layer layer, List<Value> inputs) {
        if (layer instanceof Container container) {
            return container(path, container, inputs.getFirst());
        }
        if (layer instanceof OnnxOperator operator && VersionedNodes.isSameIn(operator.call(), OnnxProto.OPSET)) {
            return operator(path, operator, inputs);
        }
        var floats = inputs.stream().map(input -> cast(input, DType.F32)).toList();
        var natural = layers.of(path, layer, floats);
        var name = natural != null ? natural : traced(path, layer, floats);
        return result(name, DType.F32, layer, inputs);
    }

    private static Value result(String name, DType type, Layer layer, List<Value> inputs) {
        if (inputs.getFirst().samples == null) {
            int width = inputs.size() == 1 ? layer.out(inputs.getFirst().width) : 0;
            return new Value(name, type, width, null);
        }
        var batches = batches(layer, inputs);
        var first = batches.getFirst();
        return new Value(name, type, first.rank() == 0 ? 0 : first.dim(-1), batches);
    }

    private static List<Tensor> batches(Layer layer, List<Value> inputs) {
        var batches = new ArrayList<Tensor>();
        for (int run = 0; run < OnnxTracer.ROWS.length; run++) {
            int index = run;
            batches.add(
                    NoGrad.call(() -> forward(layer, inputs.stream().map(input -> input.samples.get(index)).toList())));
        }
        return batches;
    }

    private static Tensor forward(Layer layer, List<Tensor> inputs) {
        return layer instanceof Join join
                ? join.join(inputs, Mode.inference())
                : layer.forward(inputs.getFirst(), Mode.inference());
    }

    private Value container(String path, Container container, Value input) {
        var values = new ArrayList<Value>();
        values.add(input);
        for (var part : container.parts()) {
            values.add(value(part.path(path), part.layer(), part.inputs().stream().map(values::get).toList()));
        }
        return values.getLast();
    }

    private Value operator(String path, OnnxOperator operator, List<Value> inputs) {
        var call = operator.call();
        var attributes = new ProtoWriter();
        call.attributes().forEach((name, value) -> GraphWriter.with(attributes, name, value));
        var names = new ArrayList<String>();
        int next = 0;
        int index = 0;
        for (var source : operator.sources()) {
            names.add(switch (source) {
                case OnnxOperator.Source.Given(DType type) -> cast(inputs.get(next++), type).name;
                case OnnxOperator.Source.Held(Parameter parameter) -> parameter(path, parameter);
                case OnnxOperator.Source.Fixed fixed ->
                        graph.constant(Layers.join(path, "constant" + index), GraphWriter.raw(fixed.constant()));
                case OnnxOperator.Source.Absent absent -> "";
            });
            index++;
        }
        if (!call.domain().isEmpty()) {
            graph.domain(call.domain(), call.opset());
        }
        var outputs = graph.nodes(call.domain(), call.name(), path, attributes, call.outputs(),
                names.toArray(String[]::new));
        return result(outputs[call.output()], operator.type(), operator, inputs);
    }

    private String traced(String path, Layer layer, List<Value> inputs) {
        if (inputs.getFirst().samples == null) {
            throw new IllegalArgumentException("ONNX: layer " + path + ", " + layer + ", is written by running it, but"
                    + (sample == null
                            ? " the model does not say the sizes of a sample: give them by withSample(sizes)"
                            : " the model cannot compute " + OnnxTracer.ROWS[0] + " samples "
                                    + Arrays.toString(sample)));
        }
        var tracer = new OnnxTracer(graph, path, tensor -> {
            for (var parameter : layer.parameters().entrySet()) {
                boolean same = parameter.getValue().value() == tensor
                        || parameter.getValue().shape().equals(tensor.shape())
                                && Storage.array(parameter.getValue().value()) == Storage.array(tensor);
                if (same) {
                    return parameter(path, parameter.getValue());
                }
            }
            return null;
        });
        var samples = new ArrayList<List<Tensor>>();
        for (int run = 0; run < OnnxTracer.ROWS.length; run++) {
            int index = run;
            samples.add(inputs.stream().map(input -> input.samples.get(index)).toList());
        }
        return tracer.trace(batch -> forward(layer, batch), inputs.stream().map(Value::name).toList(), samples);
    }
}

package org.espalier.nn.onnx;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.RawTensor;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Flatten;
import org.espalier.nn.Gelu;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.LeakyRelu;
import org.espalier.nn.Linear;
import org.espalier.nn.Parameter;
import org.espalier.nn.Relu;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.Softmax;
import org.espalier.nn.Softplus;
import org.espalier.nn.Tanh;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;

/** The table of what each kind of layer becomes in ONNX, for inference. */
final class Exporter {
    private static final int UNKNOWN = -1;

    /** A value of the graph: rows of {@code width} elements, or of an unknown width. */
    private record Value(String name, int width) {}

    private final GraphWriter graph = new GraphWriter();
    private final Map<Parameter, String> written = new IdentityHashMap<>();

    private Exporter() {}

    static byte[] toBytes(Layer model, Map<String, String> metadata) {
        var exporter = new Exporter();
        int in = inputWidth(model);
        var result = exporter.value("", model, new Value(GraphWriter.INPUT, in));
        return exporter.graph.model(result.name, in, result.width, metadata);
    }

    /** How wide an input row a layer takes; unknown if any. */
    private static int inputWidth(Layer layer) {
        return switch (layer) {
            case Linear linear -> linear.in();
            case IntegerLinear linear -> linear.in();
            case FeatureSelect select -> select.in();
            case LayerNorm norm -> norm.features();
            case BatchNorm1d norm -> norm.features();
            default -> layer.children().values().stream()
                    .mapToInt(Exporter::inputWidth)
                    .filter(width -> width != UNKNOWN)
                    .findFirst()
                    .orElse(UNKNOWN);
        };
    }

    private Value value(String path, Layer layer, Value x) {
        return switch (layer) {
            case Linear linear -> linear(path, linear, x);
            case IntegerLinear linear -> quantized(path, linear, x);
            case Relu relu -> same("Relu", path, x);
            case Tanh tanh -> same("Tanh", path, x);
            case Sigmoid sigmoid -> same("Sigmoid", path, x);
            case Softplus softplus -> same("Softplus", path, x);
            case LeakyRelu leaky -> same("LeakyRelu", path, x, with("alpha", leaky.slope()));
            case Softmax softmax -> same("Softmax", path, x, with("axis", -1));
            case Gelu gelu -> gelu(path, x);
            case BatchNorm1d norm -> batchNorm(path, norm, x);
            case LayerNorm norm -> layerNorm(path, norm, x);
            case Flatten flatten -> same("Flatten", path, x, with("axis", 1));
            case Dropout dropout -> x;
            case FeatureSelect select -> select(path, select, x);
            case Sequential chain -> chain(path, chain, x);
            case Residual residual -> residual(path, residual, x);
            case Concat concat -> concat(path, concat, x);
            default -> throw new IllegalArgumentException(
                    "ONNX: there is no operator for layer " + path + ", " + layer);
        };
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static ProtoWriter with(String attribute, int value) {
        return GraphWriter.with(new ProtoWriter(), attribute, value);
    }

    private static ProtoWriter with(String attribute, float value) {
        return GraphWriter.with(new ProtoWriter(), attribute, value);
    }

    private Value same(String operator, String path, Value x, ProtoWriter attributes, String... more) {
        var inputs = new String[more.length + 1];
        inputs[0] = x.name;
        System.arraycopy(more, 0, inputs, 1, more.length);
        return new Value(graph.node(operator, path, attributes, inputs), x.width);
    }

    private Value same(String operator, String path, Value x) {
        return same(operator, path, x, new ProtoWriter());
    }

    private String parameter(String path, Parameter parameter) {
        return written.computeIfAbsent(parameter,
                once -> graph.constant(join(path, once.name()), RawTensor.of(once.value())));
    }

    private String constant(String name, float value) {
        return graph.constant("constant." + name, RawTensor.ofFloats(DType.F32, Shape.of(), value));
    }

    private static void requireWidth(String path, int needed, Value x) {
        if (x.width != UNKNOWN && x.width != needed) {
            throw new ShapeException(
                    "ONNX: " + path + " takes rows of " + needed + " elements but is given " + x.width);
        }
    }

    private Value linear(String path, Linear linear, Value x) {
        requireWidth(path, linear.in(), x);
        var weight = parameter(path, linear.weight());
        var inputs = linear.bias().isEmpty()
                ? new String[] {x.name, weight}
                : new String[] {x.name, weight, parameter(path, linear.bias().get())};
        return new Value(graph.node("Gemm", path, with("transB", 1), inputs), linear.out());
    }

    /** Codes and scales as constants, each between QuantizeLinear and DequantizeLinear, and Gemm of what these give. */
    private Value quantized(String path, IntegerLinear linear, Value x) {
        requireWidth(path, linear.in(), x);
        var input = linear.input().orElseThrow(() -> new IllegalArgumentException("ONNX: " + path
                + " finds a scale for every sample, which no operator does; calibrate the model"));
        var scale = floats(join(path, "input_scale"), Shape.of(), input.scale());
        var zero = integers(join(path, "input_zero_point"), DType.I8, Shape.of(), input.zeroPoint());
        var codes = graph.node("QuantizeLinear", join(path, "quantize"), x.name, scale, zero);
        var rounded = graph.node("DequantizeLinear", join(path, "input"), codes, scale, zero);
        var matrix = linear.weightCodes();
        float[] scales = matrix.scales();
        var rows = Shape.of(linear.out());
        var weightScale = floats(join(path, "weight_scale"), rows, scales);
        var bytes = matrix.codes();
        var values = new int[bytes.length];
        Arrays.setAll(values, i -> bytes[i]);
        var weightCodes = integers(join(path, "weight"), DType.I8, Shape.of(linear.out(), linear.in()), values);
        var weightZero = integers(join(path, "weight_zero_point"), DType.I8, rows, new int[linear.out()]);
        var weight = graph.node(
                "DequantizeLinear", join(path, "dequantize"), with("axis", 0), weightCodes, weightScale, weightZero);
        for (int i = 0; i < scales.length; i++) {
            scales[i] *= input.scale();
        }
        var biasScale = floats(join(path, "bias_scale"), rows, scales);
        var biasCodes = integers(join(path, "bias"), DType.I32, rows,
                Arrays.stream(linear.biasCodes()).mapToInt(Math::toIntExact).toArray());
        var bias = graph.node("DequantizeLinear", join(path, "bias"), with("axis", 0), biasCodes, biasScale);
        return new Value(graph.node("Gemm", path, with("transB", 1), rounded, weight, bias), linear.out());
    }

    private String floats(String name, Shape shape, float... values) {
        return graph.constant(name, RawTensor.ofFloats(DType.F32, shape, values));
    }

    private String integers(String name, DType type, Shape shape, int... values) {
        return graph.constant(name, RawTensor.ofInts(type, shape, values));
    }

    /** ½x·(1 + erf(x/√2)): the operator Gelu came with opset 20. */
    private Value gelu(String path, Value x) {
        var scaled = graph.node("Mul", join(path, "scale"), x.name, constant("root_half", (float) Math.sqrt(0.5)));
        var erf = graph.node("Erf", join(path, "erf"), scaled);
        var sum = graph.node("Add", join(path, "sum"), erf, constant("one", 1));
        var product = graph.node("Mul", join(path, "product"), x.name, sum);
        return new Value(graph.node("Mul", path, product, constant("half", 0.5f)), x.width);
    }

    private Value batchNorm(String path, BatchNorm1d norm, Value x) {
        requireWidth(path, norm.features(), x);
        var settings = GraphWriter.with(with("epsilon", norm.epsilon()), "momentum", 1 - norm.momentum());
        var names = norm.ownParameters().stream().map(one -> parameter(path, one)).toArray(String[]::new);
        return same("BatchNormalization", path, x, settings, names);
    }

    private Value layerNorm(String path, LayerNorm norm, Value x) {
        requireWidth(path, norm.features(), x);
        var settings = GraphWriter.with(with("axis", -1), "epsilon", norm.epsilon());
        var weight = parameter(path, norm.weight());
        return same("LayerNormalization", path, x, settings, weight, parameter(path, norm.bias()));
    }

    private Value select(String path, FeatureSelect select, Value x) {
        requireWidth(path, select.in(), x);
        var indices = RawTensor.ofInts(DType.I64, Shape.of(select.out()), select.indices());
        var name = graph.constant(join(path, "indices"), indices);
        return new Value(graph.node("Gather", path, with("axis", -1), x.name, name), select.out());
    }

    private Value chain(String path, Sequential chain, Value x) {
        var value = x;
        for (var child : chain.children().entrySet()) {
            value = value(join(path, child.getKey()), child.getValue(), value);
        }
        return value;
    }

    private Value residual(String path, Residual residual, Value x) {
        var change = value(join(path, "body"), residual.body(), x);
        requireWidth(path, change.width, x);
        return new Value(graph.node("Add", path, x.name, change.name), x.width);
    }

    private Value concat(String path, Concat concat, Value x) {
        var branches = concat.children().entrySet().stream()
                .map(branch -> value(join(path, branch.getKey()), branch.getValue(), x))
                .toList();
        boolean known = branches.stream().noneMatch(branch -> branch.width == UNKNOWN);
        var inputs = branches.stream().map(Value::name).toArray(String[]::new);
        var name = graph.node("Concat", path, with("axis", -1), inputs);
        return new Value(name, known ? branches.stream().mapToInt(Value::width).sum() : UNKNOWN);
    }
}

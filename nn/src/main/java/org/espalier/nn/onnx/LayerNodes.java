package org.espalier.nn.onnx;

import java.util.List;
import java.util.function.BiFunction;
import org.espalier.io.DType;
import org.espalier.io.RawTensor;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Celu;
import org.espalier.nn.Clip;
import org.espalier.nn.Concatenation;
import org.espalier.nn.Dropout;
import org.espalier.nn.Elu;
import org.espalier.nn.Embedding;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Flatten;
import org.espalier.nn.Gelu;
import org.espalier.nn.HardSigmoid;
import org.espalier.nn.HardSwish;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Layers;
import org.espalier.nn.LeakyRelu;
import org.espalier.nn.Linear;
import org.espalier.nn.LogSoftmax;
import org.espalier.nn.PRelu;
import org.espalier.nn.Parameter;
import org.espalier.nn.Product;
import org.espalier.nn.Relu;
import org.espalier.nn.Selu;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.Silu;
import org.espalier.nn.Softmax;
import org.espalier.nn.Softplus;
import org.espalier.nn.Softsign;
import org.espalier.nn.Sum;
import org.espalier.nn.Tanh;
import org.espalier.nn.onnx.Exporter.Value;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;

/** The operators that are natural for layers, such as {@code Gemm} for a linear layer. */
final class LayerNodes {
    private final GraphWriter graph;
    private final BiFunction<String, Parameter, String> parameters;

    LayerNodes(GraphWriter graph, BiFunction<String, Parameter, String> parameters) {
        this.graph = graph;
        this.parameters = parameters;
    }

    private static ProtoWriter with(String attribute, int value) {
        return GraphWriter.with(new ProtoWriter(), attribute, value);
    }

    private static ProtoWriter with(String attribute, float value) {
        return GraphWriter.with(new ProtoWriter(), attribute, value);
    }

    /** Adds the nodes of a layer; gives the name of its value, or null if no operator is natural for it. */
    String of(String path, Layer layer, List<Value> in) {
        var x = in.getFirst();
        return switch (layer) {
            case Linear linear -> linear(path, linear, x);
            case IntegerLinear linear -> new IntegerNodes(graph).of(path, linear, x);
            case Dropout dropout -> x.name();
            case Flatten flatten -> node("Flatten", path, with("axis", 1), x.name());
            case BatchNorm1d norm when norm.ownParameters().size() == 4 -> batchNorm(path, norm, x);
            case LayerNorm norm -> layerNorm(path, norm, x);
            case FeatureSelect select -> select(path, select, x);
            case Embedding table -> embedding(path, table, x);
            case PRelu relu -> node("PRelu", path, new ProtoWriter(), x.name(), parameters.apply(path, relu.weight()));
            case Sum sum when in.size() == 2 -> node("Add", path, new ProtoWriter(), names(in));
            case Sum sum -> node("Sum", path, new ProtoWriter(), names(in));
            case Product product when in.size() == 2 -> node("Mul", path, new ProtoWriter(), names(in));
            case Concatenation concat -> node("Concat", path, with("axis", -1), names(in));
            default -> activation(path, layer, x);
        };
    }

    private static String[] names(List<Value> values) {
        return values.stream().map(Value::name).toArray(String[]::new);
    }

    private String node(String operator, String path, ProtoWriter attributes, String... inputs) {
        return graph.node(operator, path, attributes, inputs);
    }

    private String activation(String path, Layer layer, Value x) {
        return switch (layer) {
            case Relu relu -> plain("Relu", path, x);
            case Tanh tanh -> plain("Tanh", path, x);
            case Sigmoid sigmoid -> plain("Sigmoid", path, x);
            case Softplus softplus -> plain("Softplus", path, x);
            case Softsign softsign -> plain("Softsign", path, x);
            case HardSwish swish -> plain("HardSwish", path, x);
            case Selu selu -> plain("Selu", path, x);
            case LeakyRelu leaky -> node("LeakyRelu", path, with("alpha", leaky.slope()), x.name());
            case Elu elu -> node("Elu", path, with("alpha", elu.alpha()), x.name());
            case Celu celu -> node("Celu", path, with("alpha", celu.alpha()), x.name());
            case HardSigmoid sigmoid -> node("HardSigmoid", path,
                    GraphWriter.with(with("alpha", sigmoid.slope()), "beta", sigmoid.offset()), x.name());
            case Softmax softmax -> node("Softmax", path, with("axis", -1), x.name());
            case LogSoftmax softmax -> node("LogSoftmax", path, with("axis", -1), x.name());
            case Silu silu -> node("Mul", path, new ProtoWriter(), x.name(),
                    node("Sigmoid", Layers.join(path, "sigmoid"), new ProtoWriter(), x.name()));
            case Gelu gelu -> gelu(path, x.name());
            case Clip clip -> node("Clip", path, new ProtoWriter(), x.name(), limit(clip.low()), limit(clip.high()));
            default -> null;
        };
    }

    private String plain(String operator, String path, Value x) {
        return node(operator, path, new ProtoWriter(), x.name());
    }

    private String limit(float limit) {
        return Float.isInfinite(limit) ? "" : number(Float.toString(limit), limit);
    }

    private String number(String name, float value) {
        return graph.constant("constant." + name, RawTensor.ofFloats(DType.F32, Shape.of(), value));
    }

    private static void requireWidth(String path, int needed, Value x) {
        if (x.width() > 0 && x.width() != needed) {
            throw new ShapeException(
                    "ONNX: " + path + " takes rows of " + needed + " elements but is given " + x.width());
        }
    }

    private String linear(String path, Linear linear, Value x) {
        requireWidth(path, linear.in(), x);
        var weight = parameters.apply(path, linear.weight());
        var bias = linear.bias().map(one -> parameters.apply(path, one));
        if (x.rank() < 0 || x.rank() == 2) {
            return bias.isPresent()
                    ? node("Gemm", path, with("transB", 1), x.name(), weight, bias.get())
                    : node("Gemm", path, with("transB", 1), x.name(), weight);
        }
        var transposed = node("Transpose", Layers.join(path, "transpose"), new ProtoWriter(), weight);
        var product = node("MatMul", Layers.join(path, "product"), new ProtoWriter(), x.name(), transposed);
        return bias.isPresent() ? node("Add", path, new ProtoWriter(), product, bias.get()) : product;
    }

    /** ½x·(1 + erf(x/√2)): the operator Gelu came with opset 20. */
    private String gelu(String path, String x) {
        var scaled = node("Mul", Layers.join(path, "scale"), new ProtoWriter(), x,
                number("root_half", (float) Math.sqrt(0.5)));
        var erf = node("Erf", Layers.join(path, "erf"), new ProtoWriter(), scaled);
        var sum = node("Add", Layers.join(path, "sum"), new ProtoWriter(), erf, number("one", 1));
        var product = node("Mul", Layers.join(path, "product"), new ProtoWriter(), x, sum);
        return node("Mul", path, new ProtoWriter(), product, number("half", 0.5f));
    }

    private String batchNorm(String path, BatchNorm1d norm, Value x) {
        requireWidth(path, norm.in(), x);
        var settings = GraphWriter.with(with("epsilon", norm.epsilon()), "momentum", 1 - norm.momentum());
        var names = new String[5];
        names[0] = x.name();
        for (int i = 1; i < names.length; i++) {
            names[i] = parameters.apply(path, norm.ownParameters().get(i - 1));
        }
        return node("BatchNormalization", path, settings, names);
    }

    private String layerNorm(String path, LayerNorm norm, Value x) {
        requireWidth(path, norm.in(), x);
        var settings = GraphWriter.with(with("axis", -1), "epsilon", norm.epsilon());
        var weight = parameters.apply(path, norm.weight());
        return node("LayerNormalization", path, settings, x.name(), weight, parameters.apply(path, norm.bias()));
    }

    private String select(String path, FeatureSelect select, Value x) {
        requireWidth(path, select.in(), x);
        var indices = RawTensor.ofInts(DType.I64, Shape.of(select.out()), select.indices());
        return node("Gather", path, with("axis", -1), x.name(), graph.constant(Layers.join(path, "indices"), indices));
    }

    private String embedding(String path, Embedding table, Value x) {
        var indices = node("Cast", Layers.join(path, "indices"), with("to", DType.I64.onnx()), x.name());
        return node("Gather", path, with("axis", 0), parameters.apply(path, table.weight()), indices);
    }
}

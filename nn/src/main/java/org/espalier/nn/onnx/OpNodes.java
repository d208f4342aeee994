package org.espalier.nn.onnx;

import java.util.Arrays;
import org.espalier.io.DType;
import org.espalier.io.RawTensor;
import org.espalier.nn.onnx.operator.Attribute;
import org.espalier.tensor.Binary;
import org.espalier.tensor.Contraction;
import org.espalier.tensor.Elementary;
import org.espalier.tensor.Fused;
import org.espalier.tensor.Nonlinearity;
import org.espalier.tensor.Normalization;
import org.espalier.tensor.Op;
import org.espalier.tensor.PiecewiseConstant;
import org.espalier.tensor.Reduction;
import org.espalier.tensor.Selection;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Statistic;
import org.espalier.tensor.Trigonometric;

/** The nodes that an op of the tensor engine becomes, for ops that do not name the sizes of a batch. */
final class OpNodes {
    private static final double ROOT_HALF = Math.sqrt(0.5);

    private final GraphWriter graph;
    private final String path;

    OpNodes(GraphWriter graph, String path) {
        this.graph = graph;
        this.path = path;
    }

    private String node(String operator, String... inputs) {
        return graph.node(operator, path + "/" + operator, inputs);
    }

    private String node(String operator, ProtoWriter attributes, String... inputs) {
        return graph.node(operator, path + "/" + operator, attributes, inputs);
    }

    private String number(double value) {
        return graph.constant("constant." + (float) value, RawTensor.ofFloats(DType.F32, Shape.of(), (float) value));
    }

    private static ProtoWriter attribute(String name, int... values) {
        return GraphWriter.with(new ProtoWriter(), name,
                new Attribute.Integers(false, Arrays.stream(values).asLongStream().toArray()));
    }

    /** A float as a truth value, and back. */
    private String truth(String x) {
        return node("Cast", GraphWriter.with(new ProtoWriter(), "to", DType.BOOL.onnx()), x);
    }

    private String real(String truth) {
        return node("Cast", GraphWriter.with(new ProtoWriter(), "to", DType.F32.onnx()), truth);
    }

    /**
     * Adds the nodes of an op; gives the name of the result, or null if there are none.
     *
     * @param rank of the first input
     * @param in the names of the inputs
     */
    String of(Op op, int rank, String... in) {
        return switch (op) {
            case Elementary elementary -> elementary(elementary, in[0]);
            case Nonlinearity activation -> activation(activation, in[0]);
            case Trigonometric function -> node(function.getClass().getSimpleName(), in);
            case PiecewiseConstant steps -> steps(steps, in[0]);
            case Binary binary -> binary(binary, in[0], in[1]);
            case Selection.Compare compare -> compare(compare, in[0], in[1]);
            case Selection.Where where -> node("Where", truth(in[0]), in[1], in[2]);
            case Reduction fold -> fold(fold, in[0]);
            case Normalization norm -> norm(norm, in[0]);
            case Contraction.MatMul product -> node("MatMul", in);
            case Contraction.Linear linear when rank == 2 ->
                    node("Gemm", GraphWriter.with(new ProtoWriter(), "transB", 1), in);
            case Contraction.Linear linear -> node("Add", node("MatMul", in[0], node("Transpose", in[1])), in[2]);
            case Fused fused -> fused(fused, in[0]);
            default -> null;
        };
    }

    private String elementary(Elementary op, String x) {
        return switch (op) {
            case Elementary.Scale(float factor) -> node("Mul", x, number(factor));
            case Elementary.Affine(float scale, float shift) when scale == 1 -> node("Add", x, number(shift));
            case Elementary.Affine(float scale, float shift) ->
                    node("Add", node("Mul", x, number(scale)), number(shift));
            case Elementary.Negate negate -> node("Neg", x);
            case Elementary.Abs abs -> node("Abs", x);
            case Elementary.Square square -> node("Mul", x, x);
            case Elementary.Sqrt root -> node("Sqrt", x);
            case Elementary.Reciprocal reciprocal -> node("Reciprocal", x);
            case Elementary.Power(float exponent) -> node("Pow", x, number(exponent));
            case Elementary.Exp exp -> node("Exp", x);
            case Elementary.Expm1 less -> node("Sub", node("Exp", x), number(1));
            case Elementary.Log log -> node("Log", x);
            case Elementary.Log1p log -> node("Log", node("Add", x, number(1)));
            case Elementary.Erf erf -> node("Erf", x);
            case Elementary.Clip(float low, float high) -> node("Clip", x,
                    low == Float.NEGATIVE_INFINITY ? "" : number(low),
                    high == Float.POSITIVE_INFINITY ? "" : number(high));
        };
    }

    private String activation(Nonlinearity op, String x) {
        return switch (op) {
            case Nonlinearity.Tanh tanh -> node("Tanh", x);
            case Nonlinearity.Sigmoid sigmoid -> node("Sigmoid", x);
            case Nonlinearity.Relu relu -> node("Relu", x);
            case Nonlinearity.LeakyRelu(float slope) ->
                    node("LeakyRelu", GraphWriter.with(new ProtoWriter(), "alpha", slope), x);
            case Nonlinearity.Elu(float alpha) -> node("Elu", GraphWriter.with(new ProtoWriter(), "alpha", alpha), x);
            case Nonlinearity.Gelu gelu -> gelu(x);
            case Nonlinearity.Softplus softplus -> node("Softplus", x);
        };
    }

    /** ½x·(1 + erf(x/√2)): the operator Gelu came with opset 20. */
    String gelu(String x) {
        var erf = node("Erf", node("Mul", x, number(ROOT_HALF)));
        return node("Mul", node("Mul", x, node("Add", erf, number(1))), number(0.5));
    }

    private String steps(PiecewiseConstant op, String x) {
        return switch (op) {
            case PiecewiseConstant.Sign sign -> node("Sign", x);
            case PiecewiseConstant.Round round -> node("Round", x);
            case PiecewiseConstant.Floor floor -> node("Floor", x);
            case PiecewiseConstant.Ceil ceil -> node("Ceil", x);
            case PiecewiseConstant.Truncate truncate -> node("Mul", node("Sign", x), node("Floor", node("Abs", x)));
            case PiecewiseConstant.Not not -> real(node("Not", truth(x)));
            case PiecewiseConstant.IsNaN nan -> real(node("IsNaN", x));
            case PiecewiseConstant.IsInfinite infinite -> real(node("IsInf", x));
            case PiecewiseConstant.IsFinite finite ->
                    real(node("Not", node("Or", node("IsNaN", x), node("IsInf", x))));
        };
    }

    private String binary(Binary op, String a, String b) {
        return switch (op) {
            case Binary.Add add -> node("Add", a, b);
            case Binary.Subtract minus -> node("Sub", a, b);
            case Binary.Multiply times -> node("Mul", a, b);
            case Binary.Divide over -> node("Div", a, b);
            case Binary.Maximum maximum -> node("Max", a, b);
            case Binary.Minimum minimum -> node("Min", a, b);
            case Binary.Pow power -> node("Pow", a, b);
            case Binary.Weighted weighted -> node("Where", node("Equal", b, number(0)), number(0), node("Mul", a, b));
            case Binary.Gate gate -> node("Where", node("Greater", b, number(0)), a, number(0));
            case Binary.Xlogy terms ->
                    node("Where", node("Equal", a, number(0)), number(0), node("Mul", a, node("Log", b)));
            case Binary.Fmod remainder -> node("Mod", GraphWriter.with(new ProtoWriter(), "fmod", 1), a, b);
            case Binary.Remainder remainder -> node("Sub", a, node("Mul", node("Floor", node("Div", a, b)), b));
            default -> null;
        };
    }

    private String compare(Selection.Compare op, String a, String b) {
        return real(switch (op.relation()) {
            case GREATER -> node("Greater", a, b);
            case GREATER_EQUAL -> node("GreaterOrEqual", a, b);
            case LESS -> node("Less", a, b);
            case LESS_EQUAL -> node("LessOrEqual", a, b);
            case EQUAL -> node("Equal", a, b);
            case NOT_EQUAL -> node("Not", node("Equal", a, b));
            case AND -> node("And", truth(a), truth(b));
            case OR -> node("Or", truth(a), truth(b));
            case XOR -> node("Xor", truth(a), truth(b));
        });
    }

    private String fold(Reduction op, String x) {
        return switch (op) {
            case Reduction.Sum(int[] axes, boolean keep) -> {
                var over = graph.constant("constant.axes" + Arrays.toString(axes),
                        RawTensor.ofInts(DType.I64, Shape.of(axes.length), axes));
                yield node("ReduceSum", GraphWriter.with(new ProtoWriter(), "keepdims", keep ? 1 : 0), x, over);
            }
            case Reduction.Max(int[] axes, boolean keep) -> fold("ReduceMax", x, keep, axes);
            case Statistic.Mean(int[] axes, boolean keep) -> fold("ReduceMean", x, keep, axes);
            case Statistic.Norm(int[] axes, boolean keep) -> fold("ReduceL2", x, keep, axes);
            case Statistic.Variance(int[] axes, boolean keep, int correction) when correction == 0 ->
                    variance(x, keep, axes);
            case Statistic.Deviation(int[] axes, boolean keep, int correction, float epsilon) when correction == 0 ->
                    node("Sqrt", node("Add", variance(x, keep, axes), number(epsilon)));
            default -> null;
        };
    }

    private String fold(String operator, String x, boolean keep, int... axes) {
        return node(operator, GraphWriter.with(attribute("axes", axes), "keepdims", keep ? 1 : 0), x);
    }

    private String variance(String x, boolean keep, int... axes) {
        var centered = node("Sub", x, fold("ReduceMean", x, true, axes));
        return fold("ReduceMean", node("Mul", centered, centered), keep, axes);
    }

    private String norm(Normalization op, String x) {
        var centered = node("Sub", x, fold("ReduceMean", x, true, op.axis()));
        return switch (op) {
            case Normalization.Center center -> centered;
            case Normalization.Normalize(int axis, float epsilon) -> {
                var variance = fold("ReduceMean", node("Mul", centered, centered), true, axis);
                yield node("Div", centered, node("Sqrt", node("Add", variance, number(epsilon))));
            }
        };
    }

    private String fused(Fused op, String x) {
        return switch (op) {
            case Fused.Softmax softmax -> node("Softmax", GraphWriter.with(new ProtoWriter(), "axis", -1), x);
            case Fused.LogSoftmax log -> node("LogSoftmax", GraphWriter.with(new ProtoWriter(), "axis", -1), x);
            case Fused.LogSumExp sum -> fold("ReduceLogSumExp", x, false, -1);
            case Fused.CumulativeSum(int axis, boolean reversed) -> node("CumSum",
                    GraphWriter.with(new ProtoWriter(), "reverse", reversed ? 1 : 0), x,
                    graph.constant("constant.axis" + axis, RawTensor.ofInts(DType.I64, Shape.of(), axis)));
            default -> null;
        };
    }
}

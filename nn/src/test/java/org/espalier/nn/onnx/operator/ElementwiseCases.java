package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;

/** Operators that work element by element, with values by hand or of {@link Math}. */
final class ElementwiseCases {
    private static final float[] WIDE = {-2.3f, -0.7f, 0.4f, 1.6f};
    private static final float[] UNIT = {-0.9f, -0.3f, 0.2f, 0.8f};
    private static final float[] POSITIVE = {0.3f, 1.2f, 1.9f, 3.5f};

    private ElementwiseCases() {}

    static List<OperatorCase> all() {
        var all = new ArrayList<OperatorCase>();
        functions(all);
        activations(all);
        arithmetic(all);
        integers(all);
        relations(all);
        casts(all);
        return all;
    }

    private static void add(List<OperatorCase> all, String name, float[] x, DoubleUnaryOperator function) {
        all.add(OperatorCase.of(name).given(Shape.of(2, 2), x.clone()).gives(function));
    }

    private static void functions(List<OperatorCase> all) {
        add(all, "Abs", WIDE, Math::abs);
        add(all, "Neg", WIDE, x -> -x);
        add(all, "Sign", WIDE, Math::signum);
        add(all, "Round", new float[] {-2.5f, -0.5f, 1.5f, 2.5f}, Math::rint);
        add(all, "Floor", WIDE, Math::floor);
        add(all, "Ceil", WIDE, Math::ceil);
        add(all, "Sqrt", POSITIVE, Math::sqrt);
        add(all, "Exp", WIDE, Math::exp);
        add(all, "Log", POSITIVE, Math::log);
        add(all, "Reciprocal", WIDE, x -> 1 / x);
        add(all, "Sin", WIDE, Math::sin);
        add(all, "Cos", WIDE, Math::cos);
        add(all, "Tan", UNIT, Math::tan);
        add(all, "Asin", UNIT, Math::asin);
        add(all, "Acos", UNIT, Math::acos);
        add(all, "Atan", WIDE, Math::atan);
        add(all, "Sinh", WIDE, Math::sinh);
        add(all, "Cosh", WIDE, Math::cosh);
        add(all, "Asinh", WIDE, x -> Math.log(x + Math.sqrt(x * x + 1)));
        add(all, "Acosh", new float[] {1.2f, 1.5f, 2.5f, 3.5f}, x -> Math.log(x + Math.sqrt(x * x - 1)));
        add(all, "Atanh", UNIT, x -> 0.5 * Math.log((1 + x) / (1 - x)));
        // of the table of Abramowitz and Stegun, 7.1
        all.add(OperatorCase.of("Erf").given(0.5f, -1.5f).gives(0.5204999f, -0.9661051f));
        all.add(OperatorCase.of("IsNaN").given(1f, Float.NaN).gives(DType.BOOL, Shape.of(2), 0, 1));
        all.add(OperatorCase.of("Not").given(DType.BOOL, Shape.of(2), 0, 1).gives(DType.BOOL, Shape.of(2), 1, 0));
        float[] infinite = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
        all.add(OperatorCase.of("IsInf").given(infinite).gives(DType.BOOL, Shape.of(3), 1, 1, 0));
        all.add(OperatorCase.of("IsInf").with("detect_positive", 0).given(infinite)
                .gives(DType.BOOL, Shape.of(3), 0, 1, 0));
    }

    private static double elu(double x, double alpha) {
        return x > 0 ? x : alpha * Math.expm1(x);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    private static void activations(List<OperatorCase> all) {
        add(all, "Relu", WIDE, x -> Math.max(x, 0));
        add(all, "Sigmoid", WIDE, ElementwiseCases::sigmoid);
        add(all, "Tanh", WIDE, Math::tanh);
        add(all, "Softplus", WIDE, ElementwiseCases::softplus);
        add(all, "Softsign", WIDE, x -> x / (1 + Math.abs(x)));
        add(all, "Mish", WIDE, x -> x * Math.tanh(softplus(x)));
        add(all, "Elu", WIDE, x -> elu(x, 1));
        add(all, "Swish", WIDE, x -> x * sigmoid(x));
        add(all, "HardSwish", WIDE, x -> x * Math.clamp(x / 6 + 0.5, 0, 1));
        add(all, "Selu", WIDE, x -> 1.0507009873554805 * elu(x, 1.6732632423543772));
        add(all, "HardSigmoid", WIDE, x -> Math.clamp(0.2 * x + 0.5, 0, 1));
        add(all, "ThresholdedRelu", WIDE, x -> x > 1 ? x : 0);
        add(all, "LeakyRelu", WIDE, x -> x < 0 ? 0.01 * x : x);
        all.add(OperatorCase.of("LeakyRelu").opset(6).with("alpha", 0.5f).given(-2.5f, 1.5f).gives(-1.25f, 1.5f));
        all.add(OperatorCase.of("Celu").with("alpha", 2f).given(WIDE.clone())
                .gives(x -> x > 0 ? x : 2 * Math.expm1(x / 2)));
        all.add(OperatorCase.of("Shrink").with("lambd", 1f).with("bias", 0.5f).given(WIDE.clone())
                .gives(x -> x < -1 ? x + 0.5 : x > 1 ? x - 0.5 : 0));
        // x·Φ(x) with Φ(0.5) = 0.6914625, Φ(−1.5) = 0.0668072
        all.add(OperatorCase.of("Gelu").given(0.5f, -1.5f).gives(0.34573123f, -0.1002108f));
        all.add(OperatorCase.of("Gelu").with("approximate", "tanh").given(WIDE.clone()).gives(x -> 0.5 * x
                * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))));
        var limits = OperatorCase.of("Clip").given(WIDE.clone());
        all.add(limits.given(Shape.scalar(), -1).given(Shape.scalar(), 1).gives(-1, -0.7f, 0.4f, 1));
        all.add(limits.absent().given(Shape.scalar(), 1).gives(-2.3f, -0.7f, 0.4f, 1));
        all.add(limits.opset(6).with("min", 0f).gives(0, 0, 0.4f, 1.6f));
    }

    private static void arithmetic(List<OperatorCase> all) {
        var matrix = Shape.of(2, 2);
        float[] a = {1.5f, -2.5f, 3.5f, 4.5f};
        all.add(OperatorCase.of("Add").given(matrix, a.clone()).given(10, 20)
                .gives(matrix, 11.5f, 17.5f, 13.5f, 24.5f));
        all.add(OperatorCase.of("Sub").given(matrix, a.clone()).given(1).gives(matrix, 0.5f, -3.5f, 2.5f, 3.5f));
        all.add(OperatorCase.of("Mul").given(matrix, a.clone()).given(matrix, 2, 2, 2, 0).gives(matrix, 3, -5, 7, 0));
        all.add(OperatorCase.of("Div").given(matrix, a.clone()).given(2, 4)
                .gives(matrix, 0.75f, -0.625f, 1.75f, 1.125f));
        all.add(OperatorCase.of("Pow").given(POSITIVE.clone()).given(Shape.scalar(), 2).gives(x -> x * x));
        all.add(OperatorCase.of("Pow").given(POSITIVE.clone()).given(-1, 0.5f, 2, 3)
                .gives((float) (1 / 0.3), (float) Math.sqrt(1.2), 3.61f, 42.875f));
        all.add(OperatorCase.of("Max").given(1.5f, 4.5f).given(2, 1).given(3, 0).gives(3, 4.5f));
        all.add(OperatorCase.of("Min").given(1.5f, 4.5f).given(2, 1).gives(1.5f, 1));
        all.add(OperatorCase.of("Sum").given(1.5f, 4.5f).given(2, 1).given(3, 0).gives(6.5f, 5.5f));
        all.add(OperatorCase.of("Mean").given(1.5f, 4.5f).given(2, 1).given(2.5f, 3.5f).gives(2, 3));
        all.add(OperatorCase.of("PRelu").given(matrix, a.clone()).given(0.1f, 0.2f)
                .gives(matrix, 1.5f, -0.5f, 3.5f, 4.5f));
        all.add(OperatorCase.of("Mod").with("fmod", 1).given(5.5f, -5.5f).given(3, 3).gives(2.5f, -2.5f));
        // before opset 7 a second operand of fewer axes may lie at an axis of the first
        var old = OperatorCase.of("Add").opset(6).with("broadcast", 1).with("axis", 0);
        all.add(old.given(matrix, a.clone()).given(10, 20).gives(matrix, 11.5f, 7.5f, 23.5f, 24.5f));
        all.add(OperatorCase.of("PRelu").opset(6).given(Shape.of(1, 2, 2), -1.5f, 2.5f, -3.5f, -4.5f).given(0.5f, 2)
                .gives(Shape.of(1, 2, 2), -0.75f, 2.5f, -7, -9));
    }

    private static void integers(List<OperatorCase> all) {
        var two = Shape.of(2);
        all.add(OperatorCase.of("Div").given(DType.I64, two, 7, -7).constant(2).gives(DType.I64, two, 3, -3));
        all.add(OperatorCase.of("Mod").given(DType.I64, two, 7, -7).constant(3).gives(DType.I64, two, 1, 2));
        all.add(OperatorCase.of("Mod").with("fmod", 1).given(DType.I64, two, 7, -7).constant(3)
                .gives(DType.I64, two, 1, -1));
        all.add(OperatorCase.of("Pow").given(DType.I32, two, 3, -2).constant(3).gives(DType.I32, two, 27, -8));
    }

    private static void relations(List<OperatorCase> all) {
        var three = Shape.of(3);
        float[] a = {1, 2, 3};
        for (var expected : List.of(List.of("Equal", 0, 1, 0), List.of("Greater", 0, 0, 1), List.of("Less", 1, 0, 0),
                List.of("GreaterOrEqual", 0, 1, 1), List.of("LessOrEqual", 1, 1, 0))) {
            all.add(OperatorCase.of((String) expected.get(0)).given(a.clone()).given(2).gives(DType.BOOL, three,
                    (int) expected.get(1), (int) expected.get(2), (int) expected.get(3)));
        }
        var four = Shape.of(4);
        for (var expected : List.of(List.of("And", 0, 0, 0, 1), List.of("Or", 0, 1, 1, 1), List.of("Xor", 0, 1, 1,
                0))) {
            all.add(OperatorCase.of((String) expected.get(0)).given(DType.BOOL, four, 0, 0, 1, 1)
                    .given(DType.BOOL, four, 0, 1, 0, 1).gives(DType.BOOL, four, (int) expected.get(1),
                            (int) expected.get(2), (int) expected.get(3), (int) expected.get(4)));
        }
        all.add(OperatorCase.of("Where").given(DType.BOOL, three, 1, 0, 1).given(1.5f, 2.5f, 3.5f).given(9)
                .gives(1.5f, 9, 3.5f));
    }

    private static void casts(List<OperatorCase> all) {
        var three = Shape.of(3);
        all.add(OperatorCase.of("Cast").with("to", 7).given(-1.7f, 0.5f, 2).gives(DType.I64, three, -1, 0, 2));
        all.add(OperatorCase.of("Cast").with("to", 9).given(-1.7f, 0, 2).gives(DType.BOOL, three, 1, 0, 1));
        all.add(OperatorCase.of("Cast").with("to", 1).given(DType.I64, three, -1, 0, 2).gives(-1, 0, 2));
        all.add(OperatorCase.of("CastLike").given(-1.7f, 0.5f, 2).constant(5).gives(DType.I64, three, -1, 0, 2));
        var codes = OperatorCase.of("QuantizeLinear").given(Shape.of(2, 2), 0.9f, -1.5f, 2.5f, 1000);
        all.add(codes.given(Shape.scalar(), 1).given(DType.U8, Shape.scalar(), 2)
                .gives(DType.U8, Shape.of(2, 2), 3, 0, 4, 255));
        all.add(codes.given(Shape.scalar(), 0.5f).given(DType.I8, Shape.scalar(), 0)
                .gives(DType.I8, Shape.of(2, 2), 2, -3, 5, 127));
        all.add(OperatorCase.of("DequantizeLinear").given(DType.I8, Shape.of(2, 2), 1, -2, 3, -4).given(0.5f, 2)
                .given(DType.I8, Shape.of(2), 1, 0).gives(Shape.of(2, 2), 0, -4, 1, -8));
        all.add(OperatorCase.of("DequantizeLinear").with("axis", 0).given(DType.I8, Shape.of(2, 1), 1, -2)
                .given(0.5f, 2).gives(Shape.of(2, 1), 0.5f, -4));
        // scale (2 + 0.55)/255 = 0.01, zero point 0.55/0.01 = 55
        var dynamic = OperatorCase.of("DynamicQuantizeLinear").given(2, -0.55f, 0.104f);
        all.add(dynamic.gives(DType.U8, three, 255, 0, 65));
        all.add(dynamic.output(1, 3).gives(Shape.scalar(), 0.01f));
        all.add(dynamic.output(2, 3).gives(DType.U8, Shape.scalar(), 55));
    }
}

package org.espalier.nn.onnx.operator;

import java.util.function.UnaryOperator;
import org.espalier.io.DType;
import org.espalier.nn.onnx.operator.Pointwise.Function;
import org.espalier.tensor.Tensor;

/**
 * A function of one number, element by element, without settings.
 *
 * @param name the operator's
 * @param function what it computes
 * @param type the element type of the result, or null for that of the input
 */
public record Unary(String name, UnaryOperator<Tensor> function, DType type) implements Operator {
    static void register(Operators all) {
        add(all, "Abs", Tensor::abs);
        add(all, "Neg", Tensor::negate);
        add(all, "Sign", Tensor::sign);
        add(all, "Round", Tensor::round);
        add(all, "Sqrt", Tensor::sqrt);
        add(all, "Exp", Tensor::exp);
        add(all, "Log", Tensor::log);
        add(all, "Erf", Tensor::erf);
        add(all, "Reciprocal", x -> Tensor.scalar(1).div(x));
        add(all, "Floor", Function.FLOOR::of);
        add(all, "Ceil", Function.CEIL::of);
        add(all, "Sin", Function.SIN::of);
        add(all, "Cos", Function.COS::of);
        add(all, "Tan", Function.TAN::of);
        add(all, "Asin", Function.ASIN::of);
        add(all, "Acos", Function.ACOS::of);
        add(all, "Atan", Function.ATAN::of);
        add(all, "Sinh", Function.SINH::of);
        add(all, "Cosh", Function.COSH::of);
        add(all, "Asinh", Function.ASINH::of);
        add(all, "Acosh", Function.ACOSH::of);
        add(all, "Atanh", Function.ATANH::of);
        all.add("IsNaN", 1, attributes -> new Unary("IsNaN", Function.IS_NAN::of, DType.BOOL));
        all.add("Not", 1, attributes -> new Unary("Not", x -> x.equalTo(Tensor.scalar(0)), DType.BOOL));
        all.add("IsInf", 1, attributes -> {
            boolean plus = attributes.flag("detect_positive", true);
            boolean minus = attributes.flag("detect_negative", true);
            return new Unary("IsInf", x -> infinities(x, plus, minus), DType.BOOL);
        });
    }

    private static void add(Operators all, String name, UnaryOperator<Tensor> function) {
        all.add(name, 1, attributes -> {
            attributes.ignore("consumed_inputs");
            return new Unary(name, function, null);
        });
    }

    private static Tensor infinities(Tensor x, boolean plus, boolean minus) {
        var found = Function.IS_PLUS_INFINITY.of(x).times(plus ? 1 : 0);
        return found.plus(Function.IS_MINUS_INFINITY.of(x).times(minus ? 1 : 0));
    }

    @Override
    public Tensor value(Operands in) {
        return function.apply(in.tensor(0));
    }

    @Override
    public DType type(Facts in) {
        return type == null ? in.type(0) : type;
    }

    @Override
    public Dims dims(Facts in) {
        return in.dims(0);
    }

    @Override
    public boolean keepsRows(Facts in) {
        return in.dims(0).rank() > 0;
    }
}

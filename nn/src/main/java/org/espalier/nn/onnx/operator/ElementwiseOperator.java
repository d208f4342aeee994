package org.espalier.nn.onnx.operator;

import java.util.function.UnaryOperator;
import org.espalier.io.DType;
import org.espalier.tensor.Tensor;

/**
 * A function of one number, element by element, without settings.
 *
 * @param name the operator's
 * @param function what it computes
 * @param type the element type of the result, or null for that of the input
 */
public record ElementwiseOperator(String name, UnaryOperator<Tensor> function, DType type) implements SameShape {
    static void register(Operators all) {
        add(all, "Abs", Tensor::abs);
        add(all, "Neg", Tensor::negate);
        add(all, "Sign", Tensor::sign);
        add(all, "Round", Tensor::round);
        add(all, "Sqrt", Tensor::sqrt);
        add(all, "Exp", Tensor::exp);
        add(all, "Log", Tensor::log);
        add(all, "Erf", Tensor::erf);
        add(all, "Reciprocal", Tensor::reciprocal);
        add(all, "Floor", Tensor::floor);
        add(all, "Ceil", Tensor::ceil);
        add(all, "Sin", Tensor::sin);
        add(all, "Cos", Tensor::cos);
        add(all, "Tan", Tensor::tan);
        add(all, "Asin", Tensor::asin);
        add(all, "Acos", Tensor::acos);
        add(all, "Atan", Tensor::atan);
        add(all, "Sinh", Tensor::sinh);
        add(all, "Cosh", Tensor::cosh);
        add(all, "Asinh", Tensor::asinh);
        add(all, "Acosh", Tensor::acosh);
        add(all, "Atanh", Tensor::atanh);
        all.add("IsNaN", 1, attributes -> new ElementwiseOperator("IsNaN", Tensor::isNaN, DType.BOOL));
        all.add("Not", 1, attributes -> new ElementwiseOperator("Not", Tensor::not, DType.BOOL));
        all.add("IsInf", 1, attributes -> {
            boolean plus = attributes.flag("detect_positive", true);
            boolean minus = attributes.flag("detect_negative", true);
            return new ElementwiseOperator("IsInf", x -> infinities(x, plus, minus), DType.BOOL);
        });
    }

    private static void add(Operators all, String name, UnaryOperator<Tensor> function) {
        all.add(name, 1, attributes -> {
            attributes.ignore("consumed_inputs");
            return new ElementwiseOperator(name, function, null);
        });
    }

    private static Tensor infinities(Tensor x, boolean plus, boolean minus) {
        var zero = Tensor.scalar(0);
        var found = plus ? x.equalTo(Float.POSITIVE_INFINITY) : zero;
        return Tensor.where(minus ? x.equalTo(Float.NEGATIVE_INFINITY) : zero, Tensor.scalar(1), found)
                .expand(x.shape());
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
    public boolean keepsRows(Facts in) {
        return in.known(0).rank() > 0;
    }
}

package org.espalier.nn.onnx.operator;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.espalier.io.DType;
import org.espalier.tensor.Tensor;

/**
 * Arithmetic of two values or more that broadcast, combined from left to right.
 *
 * @param kind which
 * @param legacy how a second value of fewer axes lies against the first before opset 7
 */
public record Arithmetic(Kind kind, LegacyAxis legacy) implements Operator {
    /** The operations. */
    public enum Kind {
        /** The sum of two. */
        ADD("Add", Tensor::plus),
        /** The difference. */
        SUB("Sub", Tensor::minus),
        /** The product. */
        MUL("Mul", Tensor::times),
        /** The quotient, of integers without the fraction. */
        DIV("Div", Tensor::div),
        /** The power. */
        POW("Pow", Arithmetic::power),
        /** The remainder with the sign of the divisor. */
        MOD("Mod", Tensor::remainder),
        /** The remainder with the sign of the dividend. */
        REMAINDER("Mod", Tensor::fmod),
        /** The largest of all. */
        MAX("Max", Tensor::maximum),
        /** The smallest of all. */
        MIN("Min", Tensor::minimum),
        /** The sum of all. */
        SUM("Sum", Tensor::plus),
        /** The mean of all. */
        MEAN("Mean", Tensor::plus),
        /** The first where positive, otherwise its product with the second. */
        PRELU("PRelu", (x, slope) -> Tensor.where(x.less(0), x.times(slope), x));

        private final String operator;
        private final BinaryOperator<Tensor> function;

        Kind(String operator, BinaryOperator<Tensor> function) {
            this.operator = operator;
            this.function = function;
        }
    }

    static void register(Operators all) {
        for (var kind : Kind.values()) {
            if (kind != Kind.REMAINDER) {
                boolean any = List.of(Kind.MAX, Kind.MIN, Kind.SUM, Kind.MEAN).contains(kind);
                all.add(kind.operator, any ? 1 : 2, any ? Operators.ANY : 2, attributes -> of(kind, attributes));
            }
        }
    }

    private static Arithmetic of(Kind kind, Attributes attributes) {
        attributes.ignore("consumed_inputs");
        boolean remainder = kind == Kind.MOD && attributes.flag("fmod", false);
        var legacy = kind == Kind.PRELU ? LegacyAxis.ofSlope(attributes) : LegacyAxis.of(attributes);
        return new Arithmetic(remainder ? Kind.REMAINDER : kind, legacy);
    }

    private static Tensor power(Tensor a, Tensor b) {
        return b.rank() == 0 && !b.requiresGrad() ? a.pow(b.item()) : a.pow(b);
    }

    @Override
    public Tensor value(Operands in) {
        var type = in.type(0);
        var value = in.tensor(0);
        if (kind == Kind.MEAN && !type.isFloat()) {
            throw new IllegalArgumentException("the mean of integers is not supported; cast them to float");
        }
        for (int i = 1; i < in.count(); i++) {
            value = combined(value, legacy.aligned(in.tensor(i), value.rank()), type);
        }
        return kind == Kind.MEAN ? value.times(1f / in.count()) : value;
    }

    private Tensor combined(Tensor a, Tensor b, DType type) {
        if (type.isFloat()) {
            return kind.function.apply(a, b);
        }
        if (kind == Kind.DIV || kind == Kind.MOD || kind == Kind.REMAINDER) {
            for (float divisor : b.toArray()) {
                if (divisor == 0) {
                    throw new IllegalArgumentException("division of integers by zero");
                }
            }
        }
        var result = kind.function.apply(a, b);
        return Exact.checked(kind == Kind.DIV || kind == Kind.POW ? result.truncate() : result, type);
    }

    @Override
    public Optional<Dims> dims(Facts in) {
        var common = in.dims(0);
        for (int i = 1; i < in.count(); i++) {
            var next = in.dims(i);
            common = common.flatMap(
                    before -> next.flatMap(other -> Dims.broadcast(before, legacy.aligned(other, before.rank()))));
        }
        return common;
    }

    @Override
    public boolean keepsRows(Facts in) {
        return RowAxes.broadcast(in);
    }

    /** The value for two integers that depend on sizes; empty if it is no multiple of one of them. */
    public Optional<Dim> of(Dim a, Dim b) {
        return switch (kind) {
            case ADD, SUM -> a.plus(b);
            case SUB -> a.plus(b.negated());
            case MUL -> a.times(b);
            case DIV -> a.div(b);
            default -> Optional.empty();
        };
    }
}

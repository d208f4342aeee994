package org.espalier.nn.onnx.operator;

import java.util.Optional;
import java.util.function.BinaryOperator;
import org.espalier.io.DType;
import org.espalier.tensor.Tensor;

/**
 * Comparisons and logic of two values that broadcast; the results are booleans, 0 or 1.
 *
 * @param name the operator's
 * @param function what it computes
 * @param legacy how a second value of fewer axes lies against the first before opset 7
 */
public record Relation(String name, BinaryOperator<Tensor> function, LegacyAxis legacy) implements Operator {
    static void register(Operators all) {
        add(all, "Equal", Tensor::equalTo);
        add(all, "Greater", Tensor::greater);
        add(all, "GreaterOrEqual", Tensor::greaterEqual);
        add(all, "Less", Tensor::less);
        add(all, "LessOrEqual", Tensor::lessEqual);
        add(all, "And", Tensor::and);
        add(all, "Or", Tensor::or);
        add(all, "Xor", Tensor::xor);
        all.add("Where", 3, attributes -> new Where());
    }

    private static void add(Operators all, String name, BinaryOperator<Tensor> function) {
        all.add(name, 2, attributes -> new Relation(name, function, LegacyAxis.of(attributes)));
    }

    @Override
    public Tensor value(Operands in) {
        return function.apply(in.tensor(0), legacy.aligned(in.tensor(1), in.shape(0).rank()));
    }

    @Override
    public DType type(Facts in) {
        return DType.BOOL;
    }

    @Override
    public Optional<Dims> dims(Facts in) {
        return in.dims(0).flatMap(
                first -> in.dims(1).flatMap(second -> Dims.broadcast(first, legacy.aligned(second, first.rank()))));
    }

    @Override
    public boolean keepsRows(Facts in) {
        return RowAxes.broadcast(in);
    }

    /** Elements of the second where the first is true, otherwise of the third. */
    record Where() implements Operator {
        @Override
        public Tensor value(Operands in) {
            return Tensor.where(in.tensor(0), in.tensor(1), in.tensor(2));
        }

        @Override
        public DType type(Facts in) {
            return in.type(1);
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return Dims.broadcast(Dims.broadcast(in.dims(0), in.dims(1)), in.dims(2));
        }

        @Override
        public boolean moves(int input) {
            return input > 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return RowAxes.broadcast(in);
        }
    }
}

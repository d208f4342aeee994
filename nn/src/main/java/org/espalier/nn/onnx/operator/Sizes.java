package org.espalier.nn.onnx.operator;

import java.util.List;
import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Operators that give the sizes of values, and that make values of sizes. */
public final class Sizes {
    private Sizes() {}

    static void register(Operators all) {
        all.add("Shape", 1, attributes -> new ShapeOf(attributes.integer("start", 0),
                attributes.integer("end", Long.MAX_VALUE)));
        all.add("Size", 1, attributes -> new SizeOf());
        all.add("ConstantOfShape", 1, attributes -> {
            return new Filled(attributes.tensor("value").orElseGet(() -> Constant.floats(Shape.of(1), 0)));
        });
        all.add("Range", 3, attributes -> new Range());
        all.add("EyeLike", 1, attributes -> new Eye(attributes.integer("dtype", 0), attributes.integer("k", 0)));
    }

    /** The sizes of a value from one axis to another. */
    public record ShapeOf(long start, long end) implements Operator {
        private int clamped(long axis, int rank) {
            return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
        }

        /** The sizes. */
        public List<Dim> sizes(Dims dims) {
            int from = clamped(start, dims.rank());
            return dims.all().subList(from, Math.max(from, clamped(end, dims.rank())));
        }

        @Override
        public Tensor value(Operands in) {
            var sizes = sizes(Dims.of(in.shape(0)));
            var values = new float[sizes.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = sizes.get(i).factor();
            }
            return Exact.checked(Storage.adopt(Shape.of(values.length), values), DType.I64);
        }

        @Override
        public DType type(Facts in) {
            return DType.I64;
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return in.dims(0).map(x -> Dims.of(Dim.of(sizes(x).size())));
        }
    }

    /** The number of elements. */
    public record SizeOf() implements Operator {
        @Override
        public Tensor value(Operands in) {
            return Exact.checked(Tensor.scalar(in.shape(0).size()), DType.I64);
        }

        @Override
        public DType type(Facts in) {
            return DType.I64;
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return Optional.of(Dims.of());
        }
    }

    /** One value in a shape that the input says. */
    record Filled(Constant value) implements Operator {
        Filled {
            if (value.shape().size() != 1) {
                throw new IllegalArgumentException("its value must be one element, not " + value.shape());
            }
        }

        @Override
        public Tensor value(Operands in) {
            return Tensor.full(Growth.to(0, in.integers(0)), Storage.array(value.tensor())[0]);
        }

        @Override
        public DType type(Facts in) {
            return value.type();
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return in.integers(0).map(Dims::new);
        }
    }

    /** The numbers from a start to a limit, exclusive, a step apart. */
    record Range() implements Operator {
        @Override
        public Tensor value(Operands in) {
            double start = number(in, 0);
            double step = number(in, 2);
            double count = Math.ceil((number(in, 1) - start) / step);
            if (!(Math.abs(count) < Integer.MAX_VALUE)) {
                throw new IllegalArgumentException("a range of " + count + " numbers");
            }
            var values = new float[Growth.to(0, (long) Math.max(0, count)).size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (start + i * step);
            }
            return Exact.checked(Storage.adopt(Shape.of(values.length), values), in.type(0));
        }

        private static double number(Operands in, int input) {
            if (in.shape(input).size() != 1) {
                throw new IllegalArgumentException("its input " + input + " must be one number");
            }
            return Storage.array(in.tensor(input))[0];
        }
    }

    /** Ones on a diagonal, in the shape of the input. */
    record Eye(long type, long diagonal) implements SameShape {
        @Override
        public Tensor value(Operands in) {
            var shape = in.shape(0);
            if (shape.rank() != 2) {
                throw new IllegalArgumentException("its input must be a matrix, not " + shape);
            }
            var values = new float[shape.size()];
            for (int row = 0; row < shape.dim(0); row++) {
                long column = row + diagonal;
                if (column >= 0 && column < shape.dim(1)) {
                    values[row * shape.dim(1) + (int) column] = 1;
                }
            }
            return Storage.adopt(shape, values);
        }

        @Override
        public DType type(Facts in) {
            return type == 0 ? in.type(0) : Casting.type(type);
        }
    }
}

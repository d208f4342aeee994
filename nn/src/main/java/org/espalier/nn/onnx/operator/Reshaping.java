package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Operators that give the same elements another shape, or none. */
public final class Reshaping {
    private static final int BOOLEAN_MASK_SINCE = 10;

    private Reshaping() {}

    static void register(Operators all) {
        all.add("Identity", 1, attributes -> new Identity());
        all.addMl("ZipMap", attributes -> {
            attributes.ignore("classlabels_int64s", "classlabels_strings");
            return new Identity();
        });
        all.add("Dropout", 1, 3, Reshaping::dropout);
        all.add("Reshape", 2, attributes -> new Reshape(attributes.flag("allowzero", false)));
        all.add("Flatten", 1, attributes -> new Flatten(attributes.integer("axis", 1)));
    }

    private static Operator dropout(Attributes attributes) {
        attributes.ignore("ratio", "seed", "is_test");
        var mask = attributes.opset() < BOOLEAN_MASK_SINCE ? null : DType.BOOL;
        return attributes.output() == 0 ? new Dropout() : new KeepAll(mask);
    }

    /** The input: of the probabilities that {@code ZipMap} gives names to, the probabilities. */
    public record Identity() implements SameShape {
        @Override
        public Tensor value(Operands in) {
            return in.tensor(0);
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return in.known(0).rank() > 0;
        }
    }

    /** The input, as always in inference. */
    public record Dropout() implements SameShape {
        @Override
        public Tensor value(Operands in) {
            requireInference(in);
            return in.tensor(0);
        }

        @Override
        public boolean keepsRows(Facts in) {
            return in.known(0).rank() > 0;
        }
    }

    private static void requireInference(Operands in) {
        if (in.has(2) && in.integer(2) != 0) {
            throw new IllegalArgumentException("training_mode is not supported; export the model in eval mode");
        }
    }

    /** What dropout keeps in inference: everything. */
    record KeepAll(DType type) implements SameShape {
        @Override
        public Tensor value(Operands in) {
            requireInference(in);
            return Tensor.full(in.shape(0), 1);
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

    /**
     * The shape that the second input says: −1 is what remains, 0 the size that the input has there.
     *
     * @param zeroIsZero whether 0 is a size like any other
     */
    public record Reshape(boolean zeroIsZero) implements Operator {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            long[] wanted = in.integers(1);
            int[] dims = new int[wanted.length];
            for (int i = 0; i < dims.length; i++) {
                if (wanted[i] == 0 && !zeroIsZero && i >= x.rank()) {
                    throw new IllegalArgumentException("there is no axis " + i + " of " + x.shape() + " to take over");
                }
                dims[i] = wanted[i] == 0 && !zeroIsZero ? x.dim(i) : Math.toIntExact(wanted[i]);
            }
            return x.reshape(dims);
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return in.integers(1).flatMap(wanted -> dims(in.dims(0), wanted));
        }

        private Optional<Dims> dims(Optional<Dims> x, List<Dim> wanted) {
            List<Dim> sizes = new ArrayList<>();
            int rest = -1;
            for (int i = 0; i < wanted.size(); i++) {
                int axis = i;
                boolean copied = wanted.get(i).is(0) && !zeroIsZero;
                if (copied && x.filter(dims -> axis < dims.rank()).isEmpty()) {
                    return Optional.empty();
                }
                rest = wanted.get(i).is(-1) ? i : rest;
                sizes.add(copied ? x.get().get(i) : wanted.get(i));
            }
            if (rest >= 0) {
                sizes.set(rest, Dim.of(1));
                var others = new Dims(sizes).count(0, sizes.size());
                var all = x.flatMap(dims -> dims.count(0, dims.rank()));
                var remaining = all.flatMap(size -> others.filter(other -> !other.is(0)).flatMap(size::div));
                if (remaining.isEmpty()) {
                    return Optional.empty();
                }
                sizes.set(rest, remaining.get());
            }
            var to = new Dims(sizes);
            x.ifPresent(from -> requireSameCount(from, to));
            return Optional.of(to);
        }

        private static void requireSameCount(Dims from, Dims to) {
            var before = from.count(0, from.rank());
            var after = to.count(0, to.rank());
            boolean comparable = before.isPresent() && after.isPresent()
                    && before.get().symbol().equals(after.get().symbol());
            if (comparable && !before.equals(after)) {
                throw new IllegalArgumentException("the elements of " + from + " do not fill " + to);
            }
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return dims(in).filter(to -> Reshaping.keepsRows(in.known(0), to)).isPresent();
        }
    }

    private static boolean keepsRows(Dims from, Dims to) {
        return from.rank() > 0 && to.rank() > 0 && from.get(0).equals(to.get(0));
    }

    /**
     * A matrix: the axes before one as rows, the others as columns.
     *
     * @param axis the first axis of the columns
     */
    public record Flatten(long axis) implements Operator {
        private int first(int rank) {
            return axis == rank ? rank : Dims.axis(axis, rank);
        }

        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            int rows = 1;
            for (int i = 0; i < first(x.rank()); i++) {
                rows *= x.dim(i);
            }
            return x.reshape(Shape.of(rows, rows == 0 ? 0 : x.size() / rows));
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return in.dims(0).flatMap(x -> {
                int first = first(x.rank());
                return x.count(0, first)
                        .flatMap(rows -> x.count(first, x.rank()).map(columns -> Dims.of(rows, columns)));
            });
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return dims(in).filter(to -> Reshaping.keepsRows(in.known(0), to)).isPresent();
        }
    }
}

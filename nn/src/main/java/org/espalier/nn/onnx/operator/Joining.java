package org.espalier.nn.onnx.operator;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.tensor.Tensor;

/** Operators that concatenate values, and split them again. */
public final class Joining {
    private Joining() {}

    static void register(Operators all) {
        all.add("Concat", 1, Operators.ANY, attributes -> new Concat(attributes.integer("axis", 1)));
        all.add(Operators.ML + ".FeatureVectorizer", 1, Operators.ANY, attributes -> {
            attributes.ignore("inputdimensions");
            return new Concat(-1);
        });
        all.add("Split", 1, 2, attributes -> {
            long parts = attributes.integer("num_outputs", attributes.outputs());
            return new Split(attributes.integer("axis", 0), attributes.integers("split").orElse(null),
                    parts, attributes.output());
        });
    }

    /**
     * The inputs concatenated.
     *
     * @param axis along which axis
     */
    public record Concat(long axis) implements Operator {
        @Override
        public Tensor value(Operands in) {
            return Tensor.concat(Dims.axis(axis, in.shape(0).rank()), in.tensors());
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            if (in.dims(0).isEmpty()) {
                return Optional.empty();
            }
            var first = in.known(0);
            int along = first.axis(axis);
            var total = Optional.of(first.get(along));
            for (int i = 1; i < in.count(); i++) {
                var next = in.dims(i).map(dims -> dims.get(along));
                total = total.flatMap(before -> next.flatMap(before::plus));
            }
            return total.map(size -> first.with(along, size));
        }

        @Override
        public boolean moves(int input) {
            return true;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return RowAxes.notAlong(in, axis) && IntStream.range(0, in.count())
                    .allMatch(i -> !in.isConstant(i) && in.known(i).get(0).equals(in.known(0).get(0)));
        }
    }

    /**
     * One of the parts of a value.
     *
     * @param axis along which axis it is split
     * @param sizes of the parts, or null if an input says them, or they are equal
     * @param parts how many there are
     * @param part which one
     */
    public record Split(long axis, long[] sizes, long parts, int part) implements Operator {
        private long[] sizes(long size, long... given) {
            if (given != null) {
                if (part >= given.length || Arrays.stream(given).anyMatch(one -> one < 0)) {
                    throw new IllegalArgumentException("its sizes do not name every output");
                }
                return given;
            }
            // equal parts, the last one smaller if the size is no multiple
            long each = (size + parts - 1) / parts;
            return IntStream.range(0, part + 1)
                    .mapToLong(i -> Math.max(0, Math.min(each, size - i * each)))
                    .toArray();
        }

        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            int along = Dims.axis(axis, x.rank());
            long[] all = sizes(x.dim(along), sizes != null ? sizes : in.has(1) ? in.integers(1) : null);
            long from = Arrays.stream(all, 0, part).sum();
            if (from + all[part] > x.dim(along)) {
                throw new IllegalArgumentException("its parts are larger than axis " + axis + " of " + x.shape());
            }
            return x.slice(along, (int) from, (int) (from + all[part]));
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            if (in.dims(0).isEmpty()) {
                return Optional.empty();
            }
            var x = in.known(0);
            int along = x.axis(axis);
            if (sizes != null || in.has(1)) {
                return in.numbers(sizes, 1).map(given -> x.with(along, Dim.of(sizes(0, given)[part])));
            }
            return x.get(along).isKnown()
                    ? Optional.of(x.with(along, Dim.of(sizes(x.get(along).factor(), (long[]) null)[part])))
                    : Optional.empty();
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return RowAxes.notAlong(in, axis);
        }
    }
}

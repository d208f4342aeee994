package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Operators that repeat elements along axes, or put others around them. */
public final class Padding {
    private Padding() {}

    static void register(Operators all) {
        all.add("Expand", 2, attributes -> new Expand());
        all.add("Tile", 2, attributes -> new Tile());
        all.add("Pad", 1, 4, attributes -> new Pad(attributes.text("mode", "constant"),
                attributes.integers("pads").orElse(null),
                attributes.real("value", 0)));
    }

    /** Repeats axes of size 1 up to a shape, which may itself be smaller along others. */
    public record Expand() implements Operator {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            var wanted = Growth.to(Integer.MAX_VALUE, in.integers(1));
            int[] dims = Dims.broadcast(Dims.of(x.shape()), Dims.of(wanted)).flatMap(Dims::shape).orElseThrow().dims();
            return x.expand(Growth.to(x.size(), Arrays.stream(dims).asLongStream().toArray()));
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return Dims.broadcast(in.dims(0), in.integers(1).map(Dims::new));
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            var from = in.known(0);
            return dims(in)
                    .filter(to -> to.rank() > 0 && to.rank() == from.rank() && to.get(0).equals(from.get(0)))
                    .isPresent();
        }
    }

    /** Repeats all elements along each axis the given number of times. */
    record Tile() implements Operator {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            long[] repeats = in.integers(1);
            if (repeats.length != x.rank()) {
                throw new IllegalArgumentException("repeats of " + repeats.length + " axes for " + x.shape());
            }
            int[] dims = x.shape().dims();
            var to = Growth.to(x.size(), IntStream.range(0, dims.length)
                    .mapToLong(axis -> Math.multiplyExact(dims[axis], repeats[axis]))
                    .toArray());
            for (int axis = 0; axis < dims.length; axis++) {
                int size = dims[axis];
                x = x.gather(axis, IntStream.range(0, to.dim(axis)).map(i -> i % size).toArray());
            }
            return x;
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return in.dims(0).flatMap(x -> in.integers(1)
                    .filter(repeats -> repeats.size() == x.rank())
                    .flatMap(repeats -> {
                        List<Dim> sizes = new ArrayList<>();
                        for (int axis = 0; axis < x.rank(); axis++) {
                            x.get(axis).times(repeats.get(axis)).ifPresent(sizes::add);
                        }
                        return sizes.size() == x.rank() ? Optional.of(new Dims(sizes)) : Optional.empty();
                    }));
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return in.integers(1).filter(repeats -> !repeats.isEmpty() && repeats.getFirst().is(1)).isPresent();
        }
    }

    /** Elements before and after those of each axis; negative numbers of them cut off. */
    record Pad(String mode, long[] pads, float fill) implements Operator {
        private static final int VALUE = 2;
        private static final int AXES = 3;

        Pad {
            if (!List.of("constant", "reflect", "edge", "wrap").contains(mode)) {
                throw new IllegalArgumentException("mode = \"" + mode + "\" is not supported");
            }
        }

        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            long[] amounts = pads != null ? pads : in.integers(1);
            int[] axes = in.has(AXES)
                    ? Arrays.stream(in.integers(AXES)).mapToInt(axis -> Dims.axis(axis, in.shape(0).rank())).toArray()
                    : IntStream.range(0, x.rank()).toArray();
            if (amounts.length != 2 * axes.length) {
                throw new IllegalArgumentException(amounts.length + " numbers of pads for " + axes.length + " axes");
            }
            var value = in.has(VALUE) && in.shape(VALUE).size() == 1 ? in.tensor(VALUE) : Tensor.scalar(fill);
            for (int i = 0; i < axes.length; i++) {
                x = padded(x, axes[i], amounts[i], amounts[i + axes.length], value);
            }
            return x;
        }

        private Tensor padded(Tensor x, int axis, long before, long after, Tensor value) {
            int size = x.dim(axis);
            long[] to = Arrays.stream(x.shape().dims()).asLongStream().toArray();
            to[axis] = Math.addExact(Math.addExact(size, before), after);
            int length = Growth.to(x.size(), to).dim(axis);
            if (mode.equals("constant")) {
                int cut = (int) Math.max(0, -before);
                int inner = (int) Math.max(0, Math.min(size, size + after) - cut);
                var kept = x.slice(axis, Math.min(cut, size), Math.min(cut, size) + inner);
                return Tensor.concat(axis, filled(x.shape(), axis, before, value), kept,
                        filled(x.shape(), axis, length - inner - Math.max(0, before), value));
            }
            int[] places = IntStream.range(0, length).map(i -> source(i - before, size)).toArray();
            return x.gather(axis, places);
        }

        private static Tensor filled(Shape shape, int axis, long count, Tensor value) {
            int[] dims = shape.dims();
            dims[axis] = (int) Math.max(0, count);
            return value.reshape(Shape.scalar()).expand(Shape.of(dims));
        }

        /** Which element of an axis stands at a place before, within or after it. */
        private int source(long place, int size) {
            if (size == 0) {
                throw new IllegalArgumentException("mode = \"" + mode + "\" needs elements");
            }
            return switch (mode) {
                case "edge" -> Math.clamp(place, 0, size - 1);
                case "wrap" -> (int) Math.floorMod(place, (long) size);
                default -> {
                    long period = Math.max(1, 2L * (size - 1));
                    long folded = Math.floorMod(place, period);
                    yield (int) Math.min(folded, period - folded) % size;
                }
            };
        }

        private static Optional<long[]> axes(Facts in) {
            return in.has(AXES)
                    ? in.numbers(AXES)
                    : in.dims(0).map(x -> IntStream.range(0, x.rank()).asLongStream().toArray());
        }

        /** The amounts for these axes, if they are known and fit. */
        private Optional<long[]> amounts(Facts in, long... axes) {
            return in.numbers(pads, 1).filter(amounts -> amounts.length == 2 * axes.length);
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return in.dims(0).flatMap(x -> axes(in).flatMap(axes -> amounts(in, axes).flatMap(amounts -> {
                var padded = Optional.of(x);
                for (int i = 0; i < axes.length; i++) {
                    int axis = x.axis(axes[i]);
                    var more = Dim.of(Math.addExact(amounts[i], amounts[i + axes.length]));
                    padded = padded.flatMap(dims -> dims.get(axis).plus(more).map(size -> dims.with(axis, size)));
                }
                return padded;
            })));
        }

        @Override
        public boolean keepsRows(Facts in) {
            var axes = axes(in);
            var amounts = axes.flatMap(all -> amounts(in, all));
            boolean keeps = RowAxes.ofFirst(in, 1) && amounts.isPresent();
            for (int i = 0; keeps && i < axes.get().length; i++) {
                int last = i + axes.get().length;
                keeps = in.known(0).axis(axes.get()[i]) != 0 || amounts.get()[i] == 0 && amounts.get()[last] == 0;
            }
            return keeps;
        }
    }
}

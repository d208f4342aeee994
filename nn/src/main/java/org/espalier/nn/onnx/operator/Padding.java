package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Operators that repeat elements along axes, or put others around them. */
public final class Padding {
    private Padding() {}

    static void register(Operators all) {
        all.add("Expand", 2, attributes -> new Expand());
        all.add("Tile", 2, attributes -> new Tile());
        all.add("Pad", 1, 4, attributes -> new Pad(attributes.text("mode", "constant"), attributes.integers("pads"),
                attributes.real("value", 0)));
    }

    /** Repeats axes of size 1 up to a shape, which may itself be smaller along others. */
    public record Expand() implements Operator {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            var wanted = Growth.to(Integer.MAX_VALUE, in.integers(1));
            int[] dims = Dims.broadcast(Dims.of(x.shape()), Dims.of(wanted)).shape().dims();
            return x.expand(Growth.to(x.size(), Arrays.stream(dims).asLongStream().toArray()));
        }

        @Override
        public Dims dims(Facts in) {
            var wanted = in.integers(1);
            return wanted == null ? null : Dims.broadcast(in.dims(0), new Dims(wanted));
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            var to = dims(in);
            return to != null && to.rank() == in.dims(0).rank() && to.rank() > 0
                    && to.get(0).equals(in.dims(0).get(0));
        }
    }

    /** Repeats all elements along each axis so many times. */
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
        public Dims dims(Facts in) {
            var repeats = in.integers(1);
            var x = in.dims(0);
            if (x == null || repeats == null || repeats.size() != x.rank()) {
                return null;
            }
            List<Dim> sizes = new ArrayList<>();
            for (int axis = 0; axis < x.rank(); axis++) {
                var size = x.get(axis).times(repeats.get(axis));
                if (size == null) {
                    return null;
                }
                sizes.add(size);
            }
            return new Dims(sizes);
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            var repeats = in.integers(1);
            return repeats != null && !repeats.isEmpty() && repeats.getFirst().is(1);
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

        private long[] amounts(Facts in) {
            return pads != null ? pads : in.has(1) ? Axes.numbers(in.integers(1)) : null;
        }

        private static long[] axes(Facts in) {
            return in.has(AXES)
                    ? Axes.numbers(in.integers(AXES))
                    : IntStream.range(0, in.dims(0).rank()).asLongStream().toArray();
        }

        @Override
        public Dims dims(Facts in) {
            var x = in.dims(0);
            long[] amounts = amounts(in);
            long[] axes = x == null ? null : axes(in);
            if (amounts == null || axes == null || amounts.length != 2 * axes.length) {
                return null;
            }
            for (int i = 0; i < axes.length; i++) {
                int axis = x.axis(axes[i]);
                var size = x.get(axis).plus(Dim.of(Math.addExact(amounts[i], amounts[i + axes.length])));
                if (size == null) {
                    return null;
                }
                x = x.with(axis, size);
            }
            return x;
        }

        @Override
        public boolean keepsRows(Facts in) {
            long[] amounts = amounts(in);
            long[] axes = axes(in);
            boolean keeps = Rows.ofFirst(in, 1) && amounts != null && axes != null && amounts.length == 2 * axes.length;
            for (int i = 0; keeps && i < axes.length; i++) {
                keeps = in.dims(0).axis(axes[i]) != 0 || amounts[i] == 0 && amounts[i + axes.length] == 0;
            }
            return keeps;
        }
    }
}

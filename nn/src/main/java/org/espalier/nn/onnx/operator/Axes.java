package org.espalier.nn.onnx.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Operators that reorder axes, or add and remove axes of size 1. */
public final class Axes {
    private Axes() {}

    static void register(Operators all) {
        all.add("Transpose", 1, attributes -> new Transpose(attributes.integers("perm").orElse(null)));
        all.add("Squeeze", 1, 2, attributes -> new Squeeze(attributes.integers("axes").orElse(null)));
        all.add("Unsqueeze", 1, 2, attributes -> new Unsqueeze(attributes.integers("axes").orElse(null)));
    }

    /** A shape without some of its axes, which must be sorted. */
    static Shape without(Shape shape, int... axes) {
        return Shape.of(IntStream.range(0, shape.rank())
                .filter(axis -> Arrays.binarySearch(axes, axis) < 0)
                .map(shape::dim)
                .toArray());
    }

    private static int[] resolved(int rank, long... axes) {
        int[] resolved = Arrays.stream(axes).mapToInt(axis -> Dims.axis(axis, rank)).sorted().toArray();
        for (int i = 1; i < resolved.length; i++) {
            if (resolved[i] == resolved[i - 1]) {
                throw new IllegalArgumentException("axis " + resolved[i] + " is given twice");
            }
        }
        return resolved;
    }

    /**
     * The axes in another order.
     *
     * @param order axis i of the result is axis {@code order[i]} of the input; null for the reverse of all
     */
    public record Transpose(long... order) implements Operator {
        /** The order for a number of axes. */
        public int[] order(int rank) {
            if (order != null && order.length != rank) {
                throw new IllegalArgumentException(
                        "perm " + Arrays.toString(order) + " does not name each of " + rank + " axes");
            }
            return IntStream.range(0, rank)
                    .map(axis -> order == null ? rank - 1 - axis : Dims.axis(order[axis], rank))
                    .toArray();
        }

        @Override
        public Tensor value(Operands in) {
            return in.tensor(0).permute(order(in.shape(0).rank()));
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return in.dims(0)
                    .map(dims -> new Dims(Arrays.stream(order(dims.rank())).mapToObj(dims::get).toList()));
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            int rank = in.known(0).rank();
            return rank > 0 && order(rank)[0] == 0;
        }
    }

    /** Axes of size 1 removed: those given by attribute or input, or all. */
    record Squeeze(long... axes) implements Operator {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            long[] given = axes != null ? axes : in.has(1) ? in.integers(1) : null;
            int[] removed = given != null
                    ? resolved(x.rank(), given)
                    : IntStream.range(0, x.rank()).filter(axis -> x.dim(axis) == 1).toArray();
            for (int axis : removed) {
                if (x.dim(axis) != 1) {
                    throw new IllegalArgumentException("axis " + axis + " of " + x.shape() + " does not have size 1");
                }
            }
            return x.reshape(without(x.shape(), removed));
        }

        private Optional<int[]> removed(Facts in) {
            if (in.dims(0).isEmpty()) {
                return Optional.empty();
            }
            var dims = in.known(0);
            if (axes != null || in.has(1)) {
                return in.numbers(axes, 1).map(given -> resolved(dims.rank(), given));
            }
            return dims.shape()
                    .map(shape -> IntStream.range(0, shape.rank()).filter(axis -> shape.dim(axis) == 1).toArray());
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return removed(in).map(removed -> in.known(0).edited(dims -> {
                for (int i = removed.length - 1; i >= 0; i--) {
                    dims.remove(removed[i]);
                }
                return dims;
            }));
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return in.known(0).rank() > 0
                    && removed(in).filter(removed -> removed.length == 0 || removed[0] > 0).isPresent();
        }
    }

    /** Axes of size 1 added; numbered as in the result. */
    record Unsqueeze(long... axes) implements Operator {
        @Override
        public Tensor value(Operands in) {
            long[] given = axes != null ? axes : in.integers(1);
            var dims = new ArrayList<Integer>();
            Arrays.stream(in.shape(0).dims()).forEach(dims::add);
            for (int axis : resolved(dims.size() + given.length, given)) {
                dims.add(axis, 1);
            }
            return in.tensor(0).reshape(Shape.of(dims.stream().mapToInt(Integer::intValue).toArray()));
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return in.dims(0).flatMap(x -> in.numbers(axes, 1).map(given -> x.edited(dims -> {
                for (int axis : resolved(dims.size() + given.length, given)) {
                    dims.add(axis, Dim.of(1));
                }
                return dims;
            })));
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            int rank = in.known(0).rank();
            return rank > 0 && in.numbers(axes, 1)
                    .filter(given -> given.length > 0 && resolved(rank + given.length, given)[0] > 0)
                    .isPresent();
        }
    }
}

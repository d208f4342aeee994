package org.espalier.nn.onnx.operator;

import java.util.Arrays;
import java.util.Optional;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Operators that pick elements by index; an index below 0 counts from the end. */
public final class Picking {
    private Picking() {}

    static void register(Operators all) {
        all.add("Gather", 2, attributes -> new Gather(attributes.integer("axis", 0)));
        all.add("GatherElements", 2, attributes -> new Elements(attributes.integer("axis", 0)));
        all.add("GatherND", 2, attributes -> new Tuples(attributes.integer("batch_dims", 0)));
        all.add(Operators.ML + ".ArrayFeatureExtractor", 2, attributes -> new Features());
    }

    /** Indices within {@code size}, counted from the start. */
    static int[] resolved(int size, long... indices) {
        int[] resolved = new int[indices.length];
        for (int i = 0; i < resolved.length; i++) {
            long index = indices[i] < 0 ? indices[i] + size : indices[i];
            if (index < 0 || index >= size) {
                throw new IllegalArgumentException("index " + indices[i] + " is not within " + size);
            }
            resolved[i] = (int) index;
        }
        return resolved;
    }

    /** The elements of a tensor at these places in row-major order, in another shape. */
    static Tensor at(Tensor x, int[] places, Shape to) {
        return x.take(to, places);
    }

    private static Shape joined(int[]... parts) {
        return Shape.of(Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray());
    }

    /**
     * Whole rows of an axis, in the shape of the indices.
     *
     * @param axis the axis
     */
    public record Gather(long axis) implements Operator {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            int along = Dims.axis(axis, x.rank());
            int[] dims = x.shape().dims();
            var to = joined(Arrays.copyOf(dims, along), in.shape(1).dims(),
                    Arrays.copyOfRange(dims, along + 1, dims.length));
            return x.gather(along, resolved(dims[along], in.integers(1))).reshape(to);
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return in.dims(0).flatMap(x -> in.dims(1).map(indices -> x.edited(dims -> {
                int along = x.axis(axis);
                dims.remove(along);
                dims.addAll(along, indices.all());
                return dims;
            })));
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return in.isConstant(0)
                    ? in.known(0).axis(axis) == 0 && in.known(1).rank() > 0
                    : in.isConstant(1) && RowAxes.notAlong(in, axis);
        }
    }

    /** Columns chosen by index; always a matrix of rows at least. */
    record Features() implements Operator {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            int width = x.rank() == 0 ? 1 : x.dim(-1);
            int[] indices = resolved(width, in.integers(1));
            var rows = x.rank() < 2 ? x.reshape(1, width) : x;
            return rows.gather(rows.rank() - 1, indices);
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            var count = in.dims(1).flatMap(indices -> indices.count(0, indices.rank()));
            return in.dims(0).filter(x -> x.rank() > 0).flatMap(
                    x -> count.map(size -> x.rank() == 1 ? Dims.of(Dim.of(1), size) : x.with(x.rank() - 1, size)));
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return in.isConstant(1) && in.known(0).rank() > 1;
        }
    }

    /** Single elements along an axis: the result has the shape of the indices. */
    record Elements(long axis) implements Operator {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            int along = Dims.axis(axis, x.rank());
            var to = in.shape(1);
            int[] sizes = x.shape().dims();
            int[] chosen = resolved(sizes[along], in.integers(1));
            if (to.rank() != sizes.length) {
                throw new IllegalArgumentException("indices " + to + " do not have the rank of " + x.shape());
            }
            int[] places = new int[chosen.length];
            int[] index = new int[sizes.length];
            for (int i = 0; i < places.length; i++) {
                int rest = i;
                for (int a = sizes.length - 1; a >= 0; a--) {
                    index[a] = rest % to.dim(a);
                    rest /= to.dim(a);
                }
                index[along] = chosen[i];
                for (int a = 0; a < sizes.length; a++) {
                    if (index[a] >= sizes[a]) {
                        throw new IllegalArgumentException("indices " + to + " reach beyond " + x.shape());
                    }
                    places[i] = places[i] * sizes[a] + index[a];
                }
            }
            return at(x, places, to);
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            return in.dims(1);
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }

        @Override
        public boolean keepsRows(Facts in) {
            return !in.isConstant(0) && !in.isConstant(1) && RowAxes.notAlong(in, axis)
                    && in.known(0).get(0).equals(in.known(1).get(0));
        }
    }

    /** Slices picked by tuples of indices, the innermost axis of the second input. */
    record Tuples(long batchDims) implements Operator {
        @Override
        public Tensor value(Operands in) {
            var x = in.tensor(0);
            int[] sizes = x.shape().dims();
            int[] of = in.shape(1).dims();
            int batch = Math.clamp(batchDims, 0, Integer.MAX_VALUE);
            int length = of.length == 0 ? 0 : of[of.length - 1];
            if (of.length == 0 || batch >= of.length || batch + length > sizes.length
                    || !Arrays.equals(Arrays.copyOf(sizes, batch), Arrays.copyOf(of, batch))) {
                throw new IllegalArgumentException("tuples " + in.shape(1) + " do not fit " + x.shape());
            }
            long[] indices = in.integers(1);
            int slice = product(sizes, batch + length, sizes.length);
            int perBatch = product(of, batch, of.length - 1);
            int tuples = product(of, 0, of.length - 1);
            int[] places = new int[Math.multiplyExact(tuples, slice)];
            for (int t = 0; t < tuples; t++) {
                int place = t / perBatch;
                for (int a = 0; a < length; a++) {
                    int size = sizes[batch + a];
                    place = place * size + resolved(size, indices[t * length + a])[0];
                }
                for (int i = 0; i < slice; i++) {
                    places[t * slice + i] = place * slice + i;
                }
            }
            return at(x, places, joined(Arrays.copyOf(of, of.length - 1),
                    Arrays.copyOfRange(sizes, batch + length, sizes.length)));
        }

        private static int product(int[] dims, int from, int to) {
            return Arrays.stream(dims, from, to).reduce(1, Math::multiplyExact);
        }

        @Override
        public boolean moves(int input) {
            return input == 0;
        }
    }
}

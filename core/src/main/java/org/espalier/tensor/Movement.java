package org.espalier.tensor;

import java.util.Arrays;

/** Ops that only move elements, by shapes alone: the values of the result are values of the inputs, or zeros. */
public sealed interface Movement extends Op {

    /** The shape with another size along an axis; throws in the op's name if that is too large. */
    private static Shape resized(Op op, int axis, long dim, Shape... inputs) {
        if (dim > Integer.MAX_VALUE) {
            throw ShapeException.of(op.name(), "axis " + axis + " would pass 2^31 - 1", inputs);
        }
        return inputs[0].with(axis, (int) dim);
    }

    /** The same elements in row-major order under another shape; shares the storage. */
    record Reshape(Shape to) implements Movement {
        @Override
        public Shape shape(Shape... inputs) {
            if (inputs[0].size() != to.size()) {
                throw ShapeException.of("reshape", "the number of elements must stay", inputs[0], to);
            }
            return to;
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            System.arraycopy(inputs[0].array(), 0, out, 0, out.length);
        }

        @Override
        public Tensor evaluate(Shape shape, Tensor... inputs) {
            return new Tensor(shape, inputs[0].array(), null);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return g.reshape(in[0].shape());
        }
    }

    /** The last two axes exchanged. Nothing moves until something other than a matrix product reads the elements. */
    record Transpose() implements Movement {
        @Override
        public Shape shape(Shape... inputs) {
            return inputs[0].transposed("transpose");
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            System.arraycopy(evaluate(shape(inputs[0].shape()), inputs).array(), 0, out, 0, out.length);
        }

        @Override
        public Tensor evaluate(Shape shape, Tensor... inputs) {
            var original = inputs[0].transposeSource();
            return original == null ? Tensor.transposedView(shape, inputs[0].detach()) : original.detach();
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return g.transpose();
        }
    }

    /** The axes in another order: axis i of the result is axis {@code order[i]} of the input. */
    record Permute(int[] order) implements Movement {
        /** Copies the order and checks that it names every axis once. */
        public Permute {
            order = order.clone();
            var sorted = order.clone();
            Arrays.sort(sorted);
            for (int i = 0; i < sorted.length; i++) {
                if (sorted[i] != i) {
                    throw new ShapeException("permute: " + Arrays.toString(order) + " does not name every axis once");
                }
            }
        }

        @Override
        public Shape shape(Shape... inputs) {
            if (inputs[0].rank() != order.length) {
                throw ShapeException.of("permute", Arrays.toString(order) + " does not name every axis once", inputs);
            }
            var dims = new int[order.length];
            for (int i = 0; i < dims.length; i++) {
                dims[i] = inputs[0].dim(order[i]);
            }
            return Shape.of(dims);
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            int[] strides = inputs[0].shape().strides();
            var reordered = new int[order.length];
            for (int i = 0; i < order.length; i++) {
                reordered[i] = strides[order[i]];
            }
            StridedCopy.gather(inputs[0].array(), 0, reordered, shape(inputs[0].shape()).dims(), out);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return Op.apply(new Permute(inverse(order)), g);
        }
    }

    /** Repeats along axes of size 1 (and new outer axes) up to a larger shape. */
    record Expand(Shape to) implements Movement {
        @Override
        public Shape shape(Shape... inputs) {
            if (inputs[0].rank() > to.rank() || !Shape.broadcast(name(), inputs[0], to).equals(to)) {
                throw ShapeException.of("expand", "only axes of size 1 can grow", inputs[0], to);
            }
            return to;
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            int[] dims = to.dims();
            StridedCopy.gather(inputs[0].array(), 0, Broadcast.strides(inputs[0].shape(), dims), dims, out);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return Backward.summedTo(in[0].shape(), g);
        }
    }

    /** Elements {@code from} (inclusive) to {@code to} (exclusive) along one axis. */
    record Slice(int axis, int from, int to) implements Movement {
        @Override
        public Shape shape(Shape... inputs) {
            int dim = inputs[0].requireAxis(this, axis);
            if (from < 0 || from > to || to > dim) {
                throw ShapeException.of(
                        "slice", "[" + from + ", " + to + ") is not within axis " + axis + " of size " + dim, inputs);
            }
            return inputs[0].with(axis, to - from);
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            var shape = inputs[0].shape();
            int inner = shape.span(axis + 1, shape.rank());
            int row = (to - from) * inner;
            for (int o = 0; o < shape.span(0, axis); o++) {
                int start = (o * shape.dim(axis) + from) * inner;
                System.arraycopy(inputs[0].array(), start, out, o * row, row);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return Op.apply(new Pad(axis, from, in[0].dim(axis) - to), g);
        }
    }

    /** Zeros before and after along one axis: what undoes a slice. */
    record Pad(int axis, int before, int after) implements Movement {
        @Override
        public Shape shape(Shape... inputs) {
            if (before < 0 || after < 0) {
                throw ShapeException.of("pad", "negative padding " + before + ", " + after, inputs);
            }
            return resized(this, axis, (long) inputs[0].requireAxis(this, axis) + before + after, inputs);
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            var shape = inputs[0].shape();
            int inner = shape.span(axis + 1, shape.rank());
            int row = shape.dim(axis) * inner;
            for (int o = 0; o < shape.span(0, axis); o++) {
                int start = o * (row + (before + after) * inner) + before * inner;
                System.arraycopy(inputs[0].array(), o * row, out, start, row);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return g.slice(axis, before, before + in[0].dim(axis));
        }
    }

    /** The inputs concatenated along an axis; all other sizes equal. */
    record Concat(int axis) implements Movement {
        @Override
        public int arity() {
            return -1;
        }

        @Override
        public Shape shape(Shape... inputs) {
            if (inputs.length == 0) {
                throw new ShapeException("concat: needs at least one tensor");
            }
            long total = 0;
            inputs[0].requireAxis(this, axis);
            for (var shape : inputs) {
                if (shape.rank() != inputs[0].rank() || !shape.with(axis, 0).equals(inputs[0].with(axis, 0))) {
                    throw ShapeException.of("concat", "all sizes but that of axis " + axis + " must be equal", inputs);
                }
                total += shape.dim(axis);
            }
            return resized(this, axis, total, inputs);
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            int outer = inputs[0].shape().span(0, axis);
            int width = outer == 0 ? 0 : out.length / outer;
            int start = 0;
            for (var input : inputs) {
                int row = input.shape().span(axis, input.rank());
                for (int o = 0; o < outer; o++) {
                    System.arraycopy(input.array(), o * row, out, o * width + start, row);
                }
                start += row;
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            int from = 0;
            for (int i = 0; i < input; i++) {
                from += in[i].dim(axis);
            }
            return g.slice(axis, from, from + in[input].dim(axis));
        }
    }

    /** The order of axes that undoes another. */
    static int[] inverse(int... order) {
        var inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    /** The whole of {@code x} repeated along each axis, outer axes added where there are more repeats than axes. */
    static Tensor tiled(Tensor x, int... repeats) {
        int extra = repeats.length - x.rank();
        if (extra < 0) {
            throw ShapeException.of("tile", repeats.length + " repeats for a tensor of rank " + x.rank(), x.shape());
        }
        var narrow = new int[2 * repeats.length];
        var wide = new int[2 * repeats.length];
        var tiled = new int[repeats.length];
        for (int i = 0; i < repeats.length; i++) {
            int dim = i < extra ? 1 : x.dim(i - extra);
            if (repeats[i] < 0 || (long) repeats[i] * dim > Integer.MAX_VALUE) {
                throw ShapeException.of("tile", "cannot repeat " + Arrays.toString(repeats) + " times", x.shape());
            }
            narrow[2 * i] = 1;
            wide[2 * i] = repeats[i];
            narrow[2 * i + 1] = dim;
            wide[2 * i + 1] = dim;
            tiled[i] = repeats[i] * dim;
        }
        return x.reshape(Shape.of(narrow)).expand(Shape.of(wide)).reshape(Shape.of(tiled));
    }

    /** {@code x} with one axis moved to another place, the others keeping their order. */
    static Tensor moved(Tensor x, int from, int to) {
        int taken = x.shape().axis("moveAxis", from);
        int put = x.shape().axis("moveAxis", to);
        var order = new int[x.rank()];
        for (int i = 0, next = 0; i < order.length; i++) {
            next += next == taken ? 1 : 0;
            order[i] = i == put ? taken : next++;
        }
        return permuted(x, order);
    }

    /**
     * {@code x} with its axes in another order, negative ones counting from the end: itself if nothing moves, a lazy
     * transpose if only the last two change places.
     */
    static Tensor permuted(Tensor x, int... order) {
        var resolved = new int[order.length];
        int kept = 0;
        for (int i = 0; i < order.length; i++) {
            resolved[i] = x.shape().axis("permute", order[i]);
            kept += resolved[i] == i && kept == i ? 1 : 0;
        }
        int rank = x.rank();
        if (order.length == rank && kept == rank) {
            return x;
        }
        boolean swaps = order.length == rank && kept == rank - 2 && resolved[kept] == kept + 1;
        return Op.apply(swaps && resolved[kept + 1] == kept ? new Transpose() : new Permute(resolved), x);
    }
}

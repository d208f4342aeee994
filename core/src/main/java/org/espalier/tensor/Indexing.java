package org.espalier.tensor;

/**
 * Ops that move elements by index: rows along an axis ({@link Gather}) or single elements ({@link Take}), and what
 * undoes each, which adds where an index repeats.
 */
public sealed interface Indexing extends Op {

    /** Throws in the op's name if an index is not within [0, size). */
    private static void checkIndices(Op op, int[] indices, int size, Shape... inputs) {
        for (int index : indices) {
            if (index < 0 || index >= size) {
                throw ShapeException.of(op.name(), "index " + index + " is not within size " + size, inputs);
            }
        }
    }

    /** Element i of the result, both in row-major order, is element {@code indices[i]} of the input. */
    record Take(Shape to, int[] indices) implements Indexing {
        /** Copies the indices. */
        public Take {
            indices = indices.clone();
        }

        @Override
        public Shape shape(Shape... inputs) {
            if (to.size() != indices.length) {
                throw ShapeException.of("take", indices.length + " indices for a result " + to, inputs);
            }
            checkIndices(this, indices, inputs[0].size(), inputs);
            return to;
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            float[] x = inputs[0].array();
            for (int i = 0; i < out.length; i++) {
                out[i] = x[indices[i]];
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return Op.apply(new PutAdd(in[0].shape(), indices), g);
        }
    }

    /** Adds element i of the input to element {@code indices[i]} of zeros, in ascending i: what undoes {@link Take}. */
    record PutAdd(Shape to, int[] indices) implements Indexing {
        /** Copies the indices. */
        public PutAdd {
            indices = indices.clone();
        }

        @Override
        public Shape shape(Shape... inputs) {
            if (inputs[0].size() != indices.length) {
                throw ShapeException.of("putAdd", indices.length + " indices for the elements", inputs);
            }
            checkIndices(this, indices, to.size(), inputs);
            return to;
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            float[] x = inputs[0].array();
            for (int i = 0; i < x.length; i++) {
                out[indices[i]] += x[i];
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return Op.apply(new Take(in[0].shape(), indices), g);
        }
    }

    /** Rows {@code indices[0], indices[1], …} along an axis, repeats allowed; an embedding look-up is axis 0. */
    record Gather(int axis, int[] indices) implements Indexing {
        /** Copies the indices. */
        public Gather {
            indices = indices.clone();
        }

        @Override
        public Shape shape(Shape... inputs) {
            checkIndices(this, indices, inputs[0].requireAxis(this, axis), inputs);
            return inputs[0].with(axis, indices.length);
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            var shape = inputs[0].shape();
            int inner = shape.span(axis + 1, shape.rank());
            int at = 0;
            for (int o = 0; o < shape.span(0, axis); o++) {
                for (int index : indices) {
                    System.arraycopy(inputs[0].array(), (o * shape.dim(axis) + index) * inner, out, at, inner);
                    at += inner;
                }
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return Op.apply(new ScatterAdd(axis, indices, in[0].dim(axis)), g);
        }
    }

    /** Adds row i of the input to row {@code indices[i]} of zeros, in ascending i: what undoes a gather. */
    record ScatterAdd(int axis, int[] indices, int size) implements Indexing {
        /** Copies the indices. */
        public ScatterAdd {
            indices = indices.clone();
        }

        @Override
        public Shape shape(Shape... inputs) {
            if (inputs[0].requireAxis(this, axis) != indices.length) {
                throw ShapeException.of("scatterAdd", indices.length + " indices for axis " + axis, inputs);
            }
            checkIndices(this, indices, size, inputs);
            return inputs[0].with(axis, size);
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            var shape = inputs[0].shape();
            int inner = shape.span(axis + 1, shape.rank());
            float[] x = inputs[0].array();
            int from = 0;
            for (int o = 0; o < shape.span(0, axis); o++) {
                for (int index : indices) {
                    int to = (o * size + index) * inner;
                    for (int i = 0; i < inner; i++) {
                        out[to + i] += x[from + i];
                    }
                    from += inner;
                }
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return Op.apply(new Gather(axis, indices), g);
        }
    }

    /** The indices from {@code from} towards {@code to}, which is not included, by steps; all within the axis. */
    static int[] range(String op, Shape x, int axis, int from, int to, int step) {
        int dim = x.dim(axis);
        long count = step == 0 ? -1 : Math.max(0, Math.ceilDiv((long) to - from, step));
        long last = from + (count - 1) * step;
        if (count < 0 || count > 0 && (Math.min(from, last) < 0 || Math.max(from, last) >= dim)) {
            throw ShapeException.of(
                    op, "[" + from + ", " + to + ") by " + step + " is not within axis " + axis + " of size " + dim, x);
        }
        var indices = new int[(int) count];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = from + i * step;
        }
        return indices;
    }

    /** The row-major places in {@code x} of the elements that {@code gatherElements} and {@code scatter} mean. */
    static int[] places(String op, Shape x, int axis, Shape shape, int... indices) {
        int along = x.axis(op, axis);
        if (shape.rank() != x.rank() || shape.size() != indices.length) {
            throw ShapeException.of(op, indices.length + " indices of a shape of another rank or size", x, shape);
        }
        for (int other = 0; other < x.rank(); other++) {
            if (other != along && shape.dim(other) > x.dim(other)) {
                throw ShapeException.of(op, "the indices are larger along axis " + other, x, shape);
            }
        }
        int[] strides = x.strides();
        int[] dims = shape.dims();
        var at = new int[x.rank()];
        var places = new int[indices.length];
        for (int i = 0; i < places.length; i++) {
            int index = indices[i] < 0 ? indices[i] + x.dim(along) : indices[i];
            if (index < 0 || index >= x.dim(along)) {
                throw ShapeException.of(op, "index " + indices[i] + " is not within size " + x.dim(along), x, shape);
            }
            for (int j = 0; j < at.length; j++) {
                places[i] += (j == along ? index : at[j]) * strides[j];
            }
            for (int j = at.length - 1; j >= 0 && ++at[j] == dims[j]; j--) {
                at[j] = 0;
            }
        }
        return places;
    }

    /** {@code x} with the elements at some places replaced; of several values for one place the last counts. */
    static Tensor replaced(Tensor x, int[] places, Tensor values) {
        var last = new int[x.size()];
        for (int i = 0; i < places.length; i++) {
            last[places[i]] = i + 1;
        }
        var counts = new float[places.length];
        var put = new float[x.size()];
        for (int i = 0; i < places.length; i++) {
            counts[i] = last[places[i]] == i + 1 ? 1 : 0;
            put[places[i]] = 1;
        }
        var chosen = values.weighted(Storage.adopt(values.shape(), counts));
        return Tensor.where(Storage.adopt(x.shape(), put), Op.apply(new PutAdd(x.shape(), places), chosen), x);
    }
}

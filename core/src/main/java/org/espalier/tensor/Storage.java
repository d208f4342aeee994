package org.espalier.tensor;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Array access without copies, for code that builds on the engine: layers, optimizers, kernels, custom ops. A tensor
 * is an immutable value, so an array got here is for reading and an array given here is given away. Breaking that
 * breaks every tensor that shares the array; ordinary users want {@link Tensor#of} and {@link Tensor#toArray}.
 */
public final class Storage {
    private Storage() {}

    /** The elements of a tensor made by {@link #lazy}. */
    private record Supplied(Supplier<float[]> supplier) implements LazyElements {
        @Override
        public float[] elements() {
            return supplier.get();
        }
    }

    /**
     * The elements in row-major order, from index 0, exactly {@code tensor.shape().size()} of them. Not a copy: do not
     * write.
     */
    public static float[] array(Tensor tensor) {
        return tensor.array();
    }

    /**
     * A tensor around an array, without a copy. The caller must not touch the array again.
     *
     * @throws ShapeException if the array's length is not the shape's size
     */
    public static Tensor adopt(Shape shape, float[] array) {
        if (array.length != shape.size()) {
            throw ShapeException.of("adopt", array.length + " elements given for shape", shape);
        }
        return new Tensor(shape, array, null);
    }

    /**
     * A tensor whose elements are computed when something first reads them.
     *
     * @param elements gives them in row-major order in a fresh array of the shape's size; may be called by several
     *     threads at once
     */
    public static Tensor lazy(Shape shape, Supplier<float[]> elements) {
        return new Tensor(shape, null, null, new Supplied(elements));
    }

    /** The supplier that {@link #lazy} was given for this tensor; empty for any other tensor. */
    public static Optional<Supplier<float[]>> supplier(Tensor tensor) {
        return tensor.source() instanceof Supplied(var supplier) ? Optional.of(supplier) : Optional.empty();
    }

    /**
     * Whether this is a matrix that nothing has read yet and whose rows {@link #writeRows} computes independently of
     * each other: the gradient of a layer's weight, until something reads it as a whole.
     */
    public static boolean hasLazyRows(Tensor tensor) {
        return tensor.isPending() && tensor.source() instanceof LazyRows;
    }

    /**
     * Writes the rows [from, to) of a matrix to their places in {@code out}, an array of the whole matrix, and touches
     * no others. If the matrix {@linkplain #hasLazyRows has lazy rows} only these are computed, each time they are
     * asked for. Several threads may do so at once.
     */
    public static void writeRows(Tensor matrix, int from, int to, float[] out) {
        if (hasLazyRows(matrix)) {
            ((LazyRows) matrix.source()).compute(from, to, out);
        } else {
            int width = matrix.dim(1);
            System.arraycopy(matrix.array(), from * width, out, from * width, (to - from) * width);
        }
    }
}

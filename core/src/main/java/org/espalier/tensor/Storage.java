package org.espalier.tensor;

/**
 * Array access without copies, for code that builds on the engine: layers, optimizers, kernels, custom ops. A tensor
 * is an immutable value, so an array got here is for reading and an array given here is given away. Breaking that
 * breaks every tensor that shares the array; ordinary users want {@link Tensor#of} and {@link Tensor#toArray}.
 */
public final class Storage {
    private Storage() {}

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
     * @param source says them, as many as the shape has
     */
    public static Tensor deferred(Shape shape, Deferred source) {
        return new Tensor(shape, null, null, source);
    }

    /** What a tensor's elements are computed from, known to whoever deferred them; null if they were simply given. */
    public static Deferred source(Tensor tensor) {
        return tensor.source();
    }

    /** What can compute a tensor's rows, if nothing has asked for its elements yet; otherwise null. */
    public static DeferredRows pendingRows(Tensor tensor) {
        return tensor.isPending() && tensor.source() instanceof DeferredRows rows ? rows : null;
    }
}

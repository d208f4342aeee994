package org.espalier.prune.graph;

import java.util.stream.IntStream;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;

/**
 * One row, column or element of a parameter: all elements whose index along {@code axis} is {@code index}.
 *
 * @param parameter the full name, such as {@code fc2.weight}
 * @param axis the axis of the parameter
 * @param index the index along it
 */
public record Slice(String parameter, int axis, int index) {

    /** The elements of the slice in a parameter of this shape, by row-major number, ascending. */
    public IntStream elements(Shape shape) {
        int inner = inner(shape);
        int stride = inner * shape.dim(axis);
        int blocks = stride == 0 ? 0 : shape.size() / stride;
        return IntStream.range(0, blocks * inner).map(i -> i / inner * stride + index * inner + i % inner);
    }

    /** The mask of this shape that keeps everything but the slice. */
    public Mask maskOut(Shape shape) {
        int inner = inner(shape);
        int size = shape.dim(axis);
        return Mask.of(shape, element -> element / inner % size != index);
    }

    private int inner(Shape shape) {
        int inner = 1;
        for (int later = axis + 1; later < shape.rank(); later++) {
            inner *= shape.dim(later);
        }
        return inner;
    }

    /** For example {@code fc2.weight[axis 1, 17]}. */
    @Override
    public String toString() {
        return parameter + "[axis " + axis + ", " + index + "]";
    }
}

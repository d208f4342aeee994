package org.espalier.tensor;

import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Index arithmetic for references: slow, obvious, and independent of the engine's. */
final class Index {
    private Index() {}

    /** The index along each axis of element number {@code flat}. */
    static int[] of(int flat, Shape shape) {
        var index = new int[shape.rank()];
        for (int axis = shape.rank() - 1, rest = flat; axis >= 0; axis--) {
            index[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return index;
    }

    /** The number of the element of {@code shape} that broadcasting puts at {@code index}. */
    static int flat(int[] index, Shape shape) {
        int flat = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            int dim = shape.dim(axis);
            flat = flat * dim + (dim == 1 ? 0 : index[index.length - shape.rank() + axis]);
        }
        return flat;
    }

    /** An array whose elements are a function of their index. */
    static double[] fill(Shape shape, ToDoubleFunction<int[]> element) {
        var filled = new double[shape.size()];
        for (int i = 0; i < filled.length; i++) {
            filled[i] = element.applyAsDouble(of(i, shape));
        }
        return filled;
    }

    /** The shape two operands broadcast to. */
    static Shape broadcast(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        IntUnaryOperator dim = axis -> {
            int left = axis < rank - a.rank() ? 1 : a.dim(axis - rank + a.rank());
            int right = axis < rank - b.rank() ? 1 : b.dim(axis - rank + b.rank());
            return left == 1 ? right : left;
        };
        return Shape.of(IntStream.range(0, rank).map(dim).toArray());
    }
}

package org.espalier.nn.data;

import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Row numbers and copying by them. */
final class RowIndices {
    private RowIndices() {}

    static int[] range(int from, int to) {
        var numbers = new int[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = from + i;
        }
        return numbers;
    }

    /** The shape [rows, …], with the inner sizes of {@code shape}. */
    static Shape withRows(Shape shape, int rows) {
        int[] dims = shape.dims();
        dims[0] = rows;
        return Shape.of(dims);
    }

    /** Some rows of a tensor, copied; throws {@link IndexOutOfBoundsException} for a row that does not exist. */
    static Tensor rows(Tensor tensor, int... indices) {
        int rows = tensor.dim(0);
        int width = rows == 0 ? 0 : tensor.size() / rows;
        var out = new float[indices.length * width];
        for (int i = 0; i < indices.length; i++) {
            int row = java.util.Objects.checkIndex(indices[i], rows);
            System.arraycopy(Storage.array(tensor), row * width, out, i * width, width);
        }
        return Storage.adopt(withRows(tensor.shape(), indices.length), out);
    }
}

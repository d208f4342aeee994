package org.espalier.prune.quantize;

import java.util.Arrays;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A matrix of 8-bit codes with one scale per row: element (i, j) is code·scale of row i. Symmetric: there is no zero
 * point, so zero is exactly code 0 and pruned weights stay zero.
 *
 * <p>{@link #of} takes as scale the largest magnitude of the row divided by 127, and as code the nearest whole number,
 * halves to even, saturated at ±127: −128 is never made, though it can be read. So an element is off by half a scale at
 * most. Source: Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
 * Inference", arXiv 1712.05877, with a symmetric range per row as in Krishnamoorthi 2018, arXiv 1806.08342.
 *
 * @param columns elements of a row
 * @param values the codes, row-major
 * @param scales one finite number of 0 or more for each row
 */
public record QuantizedMatrix(int columns, byte[] values, float[] scales) {
    /** The largest code, and minus the smallest, that {@link #of} makes. */
    public static final int LARGEST = 127;

    /**
     * Takes its own copies.
     *
     * @throws IllegalArgumentException if the codes do not fill rows, one for each scale, or a scale is negative or not
     *     finite
     */
    public QuantizedMatrix {
        if (columns < 0 || (long) columns * scales.length != values.length) {
            throw new IllegalArgumentException(
                    values.length + " codes do not make " + scales.length + " rows of " + columns);
        }
        for (float scale : scales) {
            if (!(scale >= 0 && scale < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a scale must be finite and not negative: " + scale);
            }
        }
        values = values.clone();
        scales = scales.clone();
    }

    /**
     * Quantizes a matrix [rows, columns]. A row whose numbers are all too small for a scale becomes zeros.
     *
     * @throws ShapeException if the tensor is no matrix
     * @throws IllegalArgumentException if an element is not finite
     */
    public static QuantizedMatrix of(Tensor matrix) {
        if (matrix.rank() != 2) {
            throw new ShapeException("quantize: needs a matrix, not " + matrix.shape());
        }
        int columns = matrix.dim(1);
        float[] elements = Storage.array(matrix);
        var values = new byte[elements.length];
        var scales = new float[matrix.dim(0)];
        for (int row = 0; row < scales.length; row++) {
            int from = row * columns;
            scales[row] = scale(elements, from, from + columns);
            for (int i = from; i < from + columns; i++) {
                values[i] = code(elements[i], scales[row]);
            }
        }
        return new QuantizedMatrix(columns, values, scales);
    }

    /** The largest magnitude of a run, divided by the largest code. */
    static float scale(float[] elements, int from, int to) {
        float largest = 0;
        for (int i = from; i < to; i++) {
            if (!Float.isFinite(elements[i])) {
                throw new IllegalArgumentException("quantize: element " + i + " is " + elements[i]);
            }
            largest = Math.max(largest, Math.abs(elements[i]));
        }
        float scale = largest / LARGEST;
        // Rounded up, the scale of the largest floats would make the largest code infinite.
        return Float.isInfinite(scale * LARGEST) ? Math.nextDown(scale) : scale;
    }

    /** The nearest code, halves to even, saturated. */
    static byte code(float element, float scale) {
        return scale == 0 ? 0 : (byte) Math.clamp(Math.rint((double) element / scale), -LARGEST, LARGEST);
    }

    /** What a code stands for; zero is always +0. */
    static float element(byte code, float scale) {
        return code * scale;
    }

    /** How many rows there are. */
    public int rows() {
        return scales.length;
    }

    /** The codes, row-major; a copy. */
    @Override
    public byte[] values() {
        return values.clone();
    }

    /** The scales, one per row; a copy. */
    @Override
    public float[] scales() {
        return scales.clone();
    }

    /** The matrix that the codes stand for, [rows, columns]. */
    public Tensor dequantize() {
        var elements = new float[values.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = element(values[i], scales[i / columns]);
        }
        return Storage.adopt(Shape.of(rows(), columns), elements);
    }

    /** The bytes that codes and scales take. */
    public long bytes() {
        return values.length + (long) Float.BYTES * scales.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantizedMatrix that
                && columns == that.columns
                && Arrays.equals(values, that.values)
                && Arrays.equals(scales, that.scales);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * columns + Arrays.hashCode(values)) + Arrays.hashCode(scales);
    }

    /** For example {@code QuantizedMatrix[300, 784]}. */
    @Override
    public String toString() {
        return "QuantizedMatrix[" + rows() + ", " + columns + "]";
    }
}

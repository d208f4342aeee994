package org.espalier.compressed;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A matrix of integers with one scale per row: element (i, j) is code·scale of row i. Symmetric: there is no zero
 * point, so zero is exactly code 0 and pruned weights stay zero.
 *
 * {@snippet :
 * import org.espalier.tensor.Tensor;
 * QuantizedMatrix codes = QuantizedMatrix.of(Tensor.matrix(new float[] {0.5f, -1, 0}), 8);
 * int code = codes.code(0, 1); // -127
 * Tensor back = codes.dequantize();
 * }
 *
 * <p>{@link #of} takes as scale the largest magnitude of the row divided by the largest code, 127 for 8 bits, and as
 * code the nearest integer, halves to even, so −128 appears only with scales given otherwise. So an element is
 * off by half a scale at most. Source: Jacob et al. 2018, "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference", arXiv 1712.05877, with a symmetric range per row as in Krishnamoorthi 2018, arXiv
 * 1806.08342.
 *
 * @param bits of a code, 2 to 8
 * @param columns elements of a row
 * @param codes one in each byte, row-major, −2ᵇ⁻¹ to 2ᵇ⁻¹ − 1 for b bits
 * @param scales one finite number of 0 or more for each row; a row of scale 0 has only codes of 0
 */
public record QuantizedMatrix(int bits, int columns, byte[] codes, float[] scales) implements QuantizedWeight {
    /**
     * Takes its own copies.
     *
     * @throws IllegalArgumentException if the codes do not fill rows, one for each scale, a code needs more bits, a
     *     scale is negative or not finite, or an element would not be finite
     */
    public QuantizedMatrix {
        int largest = largest(bits);
        if (columns < 0 || (long) columns * scales.length != codes.length) {
            throw new IllegalArgumentException(
                    codes.length + " codes do not make " + scales.length + " rows of " + columns);
        }
        codes = codes.clone();
        scales = scales.clone();
        for (int row = 0; row < scales.length; row++) {
            float scale = scales[row];
            if (!(scale >= 0 && scale < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a scale must be finite and not negative: " + scale);
            }
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                if (codes[i] < -largest - 1 || codes[i] > largest) {
                    throw new IllegalArgumentException("code " + codes[i] + " needs more than " + bits + " bits");
                }
                if (scale == 0 && codes[i] != 0 || Float.isInfinite(codes[i] * scale)) {
                    throw new IllegalArgumentException("code " + codes[i] + " does not go with scale " + scale);
                }
            }
        }
    }

    /** Quantizes a matrix [rows, columns] to 8 bits. Throws as {@link #of(Tensor, int)}. */
    public static QuantizedMatrix of(Tensor matrix) {
        return of(matrix, Byte.SIZE);
    }

    /**
     * Quantizes a matrix [rows, columns]. A row whose numbers are all too small for a scale becomes zeros.
     *
     * @param bits of a code, 2 to 8
     * @throws ShapeException if the tensor is no matrix
     * @throws IllegalArgumentException if an element is not finite
     */
    public static QuantizedMatrix of(Tensor matrix, int bits) {
        return of(matrix, bits, scales(matrix, bits));
    }

    /**
     * Quantizes a matrix [rows, columns] with given scales; what is too large for its row's scale saturates.
     *
     * @param bits of a code, 2 to 8
     * @param scales one for each row
     * @throws ShapeException if the tensor is no matrix
     * @throws IllegalArgumentException if an element is not finite or the scales do not fit
     */
    public static QuantizedMatrix of(Tensor matrix, int bits, float[] scales) {
        float[] elements = finite(matrix);
        int columns = matrix.dim(1);
        if (scales.length != matrix.dim(0)) {
            throw new IllegalArgumentException(scales.length + " scales for " + matrix.dim(0) + " rows");
        }
        var codes = new byte[elements.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(elements[i], scales[i / columns], bits);
        }
        return new QuantizedMatrix(bits, columns, codes, scales);
    }

    /** The scales that {@link #of(Tensor, int)} takes: each row's largest magnitude over the largest code. */
    public static float[] scales(Tensor matrix, int bits) {
        float[] elements = finite(matrix);
        int columns = matrix.dim(1);
        var scales = new float[matrix.dim(0)];
        for (int row = 0; row < scales.length; row++) {
            float largest = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                largest = Math.max(largest, Math.abs(elements[i]));
            }
            scales[row] = scale(largest, bits);
        }
        return scales;
    }

    /** The largest code of a number of bits; throws {@link IllegalArgumentException} unless they are 2 to 8. */
    public static int largest(int bits) {
        if (bits < 2 || bits > Byte.SIZE) {
            throw new IllegalArgumentException("a code has 2 to 8 bits, not " + bits);
        }
        return (1 << bits - 1) - 1;
    }

    /** The scale at which a magnitude gets the largest code. */
    public static float scale(float magnitude, int bits) {
        int largest = largest(bits);
        float scale = magnitude / largest;
        // Rounded up, the scale of the largest floats would make the largest code infinite.
        return Float.isInfinite(scale * largest) ? Math.nextDown(scale) : scale;
    }

    /**
     * The nearest code, halves to even, saturated at −2ᵇ⁻¹ and 2ᵇ⁻¹ − 1 for b bits; 0 if the scale is 0. Scales of
     * {@link #scales} never lead to −2ᵇ⁻¹.
     */
    public static byte code(float element, float scale, int bits) {
        int largest = largest(bits);
        if (scale == 0) {
            return 0;
        }
        int code = (int) Math.clamp(Math.rint((double) element / scale), -largest - 1, largest);
        return (byte) (Float.isInfinite(code * scale) ? -largest : code);
    }

    /** The elements of a matrix. */
    private static float[] finite(Tensor matrix) {
        if (matrix.rank() != 2) {
            throw new ShapeException("quantize: needs a matrix, not " + matrix.shape());
        }
        float[] elements = Storage.array(matrix);
        for (int i = 0; i < elements.length; i++) {
            if (!Float.isFinite(elements[i])) {
                throw new IllegalArgumentException("quantize: element " + i + " is " + elements[i]);
            }
        }
        return elements;
    }

    @Override
    public int rows() {
        return scales.length;
    }

    @Override
    public int code(int row, int column) {
        return codes[Objects.checkIndex(row, rows()) * columns + Objects.checkIndex(column, columns)];
    }

    /** The codes, one in each byte, row-major; a copy. */
    @Override
    public byte[] codes() {
        return codes.clone();
    }

    /** The scales, one per row; a copy. */
    @Override
    public float[] scales() {
        return scales.clone();
    }

    @Override
    public Tensor dequantize() {
        var elements = new float[codes.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = codes[i] * scales[i / columns];
        }
        return Storage.adopt(Shape.of(rows(), columns), elements);
    }

    @Override
    public long bytes() {
        return codeBytes() + (long) Float.BYTES * scales.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantizedMatrix that
                && bits == that.bits
                && columns == that.columns
                && Arrays.equals(codes, that.codes)
                && Arrays.equals(scales, that.scales);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * bits + columns) + Arrays.hashCode(codes)) + Arrays.hashCode(scales);
    }

    /** For example {@code QuantizedMatrix[300, 784] of 8 bits}. */
    @Override
    public String toString() {
        return "QuantizedMatrix[" + rows() + ", " + columns + "] of " + bits + " bits";
    }
}

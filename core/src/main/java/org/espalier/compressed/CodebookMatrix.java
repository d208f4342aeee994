package org.espalier.compressed;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A matrix whose elements share few values: each element is the number of a value. Value 0 is always +0.
 *
 * <p>{@link #of} finds the values by k-means in one dimension, as in Han, Mao and Dally 2016, "Deep Compression", arXiv
 * 1510.00149: the centres start evenly spaced between the least and the largest element that is not zero and move to
 * the mean of what is nearest to them, until nothing changes. Nothing is random. Deviation from the paper: one more
 * centre stays at zero.
 *
 * @param rows outputs of a layer
 * @param columns elements of a row
 * @param codes the number of a value in each byte, unsigned, row-major
 * @param values the value of each code: 1 to 256 finite numbers, the first +0
 */
public record CodebookMatrix(int rows, int columns, byte[] codes, float[] values) implements QuantizedWeight {
    /** The most values that there can be. */
    public static final int MOST = 256;

    /**
     * Takes its own copies.
     *
     * @throws IllegalArgumentException if the codes do not fill the matrix, a code has no value, the first value is not
     *     +0, or a value is not finite
     */
    public CodebookMatrix {
        if (rows < 0 || columns < 0 || (long) rows * columns != codes.length) {
            throw new IllegalArgumentException(codes.length + " codes do not make " + rows + " rows of " + columns);
        }
        codes = codes.clone();
        values = values.clone();
        if (values.length == 0 || values.length > MOST || Float.floatToRawIntBits(values[0]) != 0) {
            throw new IllegalArgumentException(
                    "a codebook has 1 to " + MOST + " values and +0 first: " + Arrays.toString(values));
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("a value must be finite: " + value);
            }
        }
        for (byte code : codes) {
            if (Byte.toUnsignedInt(code) >= values.length) {
                throw new IllegalArgumentException(
                        "code " + Byte.toUnsignedInt(code) + " has no value: there are " + values.length);
            }
        }
    }

    /**
     * Finds values for a matrix [rows, columns] and takes the nearest for each element, of two the one nearer to zero.
     * A matrix of no more different values keeps them exactly.
     *
     * @param size how many values there may be, with zero; 2 to 256
     * @throws ShapeException if the tensor is no matrix
     * @throws IllegalArgumentException if an element is not finite
     */
    public static CodebookMatrix of(Tensor matrix, int size) {
        if (size < 2 || size > MOST) {
            throw new IllegalArgumentException("a codebook has 2 to " + MOST + " values, not " + size);
        }
        if (matrix.rank() != 2) {
            throw new ShapeException("codebook: needs a matrix, not " + matrix.shape());
        }
        float[] elements = Storage.array(matrix);
        float[] centres = KMeans.of(elements, size);
        int zero = Arrays.binarySearch(centres, 0f);
        var codes = new byte[elements.length];
        for (int i = 0; i < codes.length; i++) {
            int nearest = KMeans.nearest(centres, elements[i]);
            // The values are the centres in order, but for zero, which moves to the front.
            codes[i] = (byte) (nearest == zero ? 0 : nearest < zero ? nearest + 1 : nearest);
        }
        var values = new float[centres.length];
        System.arraycopy(centres, 0, values, 1, zero);
        System.arraycopy(centres, zero + 1, values, zero + 1, centres.length - zero - 1);
        return new CodebookMatrix(matrix.dim(0), matrix.dim(1), codes, values);
    }

    /** As many as the largest number of a value needs, and 1 at least. */
    @Override
    public int bits() {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(values.length - 1));
    }

    @Override
    public int code(int row, int column) {
        return Byte.toUnsignedInt(
                codes[Objects.checkIndex(row, rows) * columns + Objects.checkIndex(column, columns)]);
    }

    /** The codes, one in each byte, unsigned, row-major; a copy. */
    @Override
    public byte[] codes() {
        return codes.clone();
    }

    /** The shared values; a copy. */
    @Override
    public float[] values() {
        return values.clone();
    }

    @Override
    public Tensor dequantize() {
        var elements = new float[codes.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = values[Byte.toUnsignedInt(codes[i])];
        }
        return Storage.adopt(Shape.of(rows, columns), elements);
    }

    @Override
    public long bytes() {
        return codeBytes() + (long) Float.BYTES * values.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodebookMatrix that
                && rows == that.rows
                && columns == that.columns
                && Arrays.equals(codes, that.codes)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * rows + columns) + Arrays.hashCode(codes)) + Arrays.hashCode(values);
    }

    /** For example {@code CodebookMatrix[300, 784] of 16 values}. */
    @Override
    public String toString() {
        return "CodebookMatrix[" + rows + ", " + columns + "] of " + values.length + " values";
    }
}

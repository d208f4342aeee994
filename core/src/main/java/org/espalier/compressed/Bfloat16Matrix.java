package org.espalier.compressed;

import java.util.Arrays;
import java.util.Objects;
import org.espalier.io.DType;
import org.espalier.io.RawTensor;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A matrix of bfloat16: the upper half of a float32, with 8 bits of precision and the same range.
 *
 * <p>{@link #of} takes the nearest, halves to even, and the largest finite one for what lies beyond. So an element is
 * off by 2⁻⁹ of itself at most, if it is not subnormal.
 *
 * @param rows outputs of a layer
 * @param columns elements of a row
 * @param codes the bits of finite bfloat16 numbers, row-major; −0 is taken as +0
 */
public record Bfloat16Matrix(int rows, int columns, short[] codes) implements QuantizedWeight {
    private static final int NEGATIVE_ZERO = 0x8000;
    private static final int EXPONENT = 0x7F80;
    private static final float LARGEST = Float.intBitsToFloat(0x7F7F_0000);

    /**
     * Takes its own copy.
     *
     * @throws IllegalArgumentException if the codes do not fill the matrix, or one is not finite
     */
    public Bfloat16Matrix {
        if (rows < 0 || columns < 0 || (long) rows * columns != codes.length) {
            throw new IllegalArgumentException(codes.length + " codes do not make " + rows + " rows of " + columns);
        }
        codes = codes.clone();
        for (int i = 0; i < codes.length; i++) {
            if ((codes[i] & EXPONENT) == EXPONENT) {
                throw new IllegalArgumentException("element " + i + " is " + element(codes[i]) + ", not finite");
            }
            codes[i] = codes[i] == (short) NEGATIVE_ZERO ? 0 : codes[i];
        }
    }

    /**
     * Rounds a matrix [rows, columns].
     *
     * @throws ShapeException if the tensor is no matrix
     * @throws IllegalArgumentException if an element is not finite
     */
    public static Bfloat16Matrix of(Tensor matrix) {
        if (matrix.rank() != 2) {
            throw new ShapeException("bfloat16: needs a matrix, not " + matrix.shape());
        }
        float[] elements = Storage.array(matrix).clone();
        for (int i = 0; i < elements.length; i++) {
            if (!Float.isFinite(elements[i])) {
                throw new IllegalArgumentException("bfloat16: element " + i + " is " + elements[i]);
            }
            elements[i] = Math.clamp(elements[i], -LARGEST, LARGEST);
        }
        var codes = new short[elements.length];
        RawTensor.ofFloats(DType.BF16, matrix.shape(), elements).bytes().asShortBuffer().get(codes);
        return new Bfloat16Matrix(matrix.dim(0), matrix.dim(1), codes);
    }

    private static float element(short code) {
        return Float.intBitsToFloat(code << Short.SIZE);
    }

    @Override
    public int bits() {
        return Short.SIZE;
    }

    /** The bits of an element, unsigned; 0 is +0. */
    @Override
    public int code(int row, int column) {
        return Short.toUnsignedInt(
                codes[Objects.checkIndex(row, rows) * columns + Objects.checkIndex(column, columns)]);
    }

    /** The bits of the elements, row-major; a copy. */
    @Override
    public short[] codes() {
        return codes.clone();
    }

    @Override
    public Tensor dequantize() {
        var elements = new float[codes.length];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = element(codes[i]);
        }
        return Storage.adopt(Shape.of(rows, columns), elements);
    }

    @Override
    public long bytes() {
        return codeBytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bfloat16Matrix that
                && rows == that.rows
                && columns == that.columns
                && Arrays.equals(codes, that.codes);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + columns) + Arrays.hashCode(codes);
    }

    /** For example {@code Bfloat16Matrix[300, 784]}. */
    @Override
    public String toString() {
        return "Bfloat16Matrix[" + rows + ", " + columns + "]";
    }
}

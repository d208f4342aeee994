package org.espalier.compressed;

import org.espalier.tensor.Tensor;

/**
 * A quantized weight matrix [rows, columns]: low-bit codes and their values. An immutable value.
 *
 * <p>In every form code 0 is +0, so that pruned weights stay exactly zero, and every element is finite.
 */
public sealed interface QuantizedWeight permits QuantizedMatrix, CodebookMatrix, Bfloat16Matrix {
    /** Rows: outputs of a layer. */
    int rows();

    /** Columns: inputs of a layer. */
    int columns();

    /** How many bits a code takes, packed. */
    int bits();

    /**
     * The code of an element; 0 is +0.
     *
     * @throws IndexOutOfBoundsException if there is no such element
     */
    int code(int row, int column);

    /** The dequantized matrix, [rows, columns]. */
    Tensor dequantize();

    /** The bytes of all codes, packed, and of what they need to be read: scales or shared values. */
    long bytes();

    /** The bytes of the codes alone, packed without gaps. */
    default long codeBytes() {
        return ((long) rows() * columns() * bits() + Byte.SIZE - 1) / Byte.SIZE;
    }
}

package org.espalier.compressed;

import java.util.Arrays;
import org.espalier.io.FormatException;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * Shared values and their numbers: {@code .book}, BF16 if all are such numbers and otherwise F32; {@code .codes}, bits
 * in U8.
 */
final class CodebookEncoding extends Encoding {
    private final int bits;

    CodebookEncoding(int bits) {
        this.bits = bits;
        if (bits < 1 || bits > Byte.SIZE) {
            throw new IllegalArgumentException("codebook: 1 to 8 bits, not " + bits);
        }
    }

    @Override
    Coded encode(Tensor matrix) {
        return Coded.of(CodebookMatrix.of(matrix, 1 << bits));
    }

    @Override
    void write(Coded coded, Shape shape, Parts.Writer parts) {
        var numbers = (Coded.Codes) coded;
        parts.put(Parts.CODES, BitPacking.pack(numbers.codes(), bits));
        float[] book = Arrays.copyOf(numbers.table(), 1 << bits);
        parts.put(Parts.BOOK, Parts.floats(book));
    }

    @Override
    Coded read(Shape matrix, Shape shape, Parts parts) throws FormatException {
        byte[] codes = BitPacking.unpack(parts, Parts.CODES, bits, shape.size());
        float[] book = parts.floats(Parts.BOOK, Shape.of(1 << bits));
        for (float value : book) {
            if (!Float.isFinite(value)) {
                throw parts.problem(Parts.BOOK, "has the value " + value);
            }
        }
        return new Coded.Codes(codes, Arrays.copyOf(book, Coded.CODES), new float[] {1});
    }

    @Override
    public String toString() {
        return "codebook" + bits;
    }
}

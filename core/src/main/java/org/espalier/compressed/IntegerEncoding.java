package org.espalier.compressed;

import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * Integers and scales: {@code .codes}, I8 if they have 8 bits and otherwise bits in U8; {@code .scales}, one for
 * each row or one for all, BF16 if all are such numbers and otherwise F32. Scales made here are rounded up to bfloat16,
 * so that no code saturates.
 */
final class IntegerEncoding extends Encoding {
    private static final int LOWER_HALF = Parts.LOWER_HALF;

    private final int bits;
    private final boolean byRow;

    IntegerEncoding(int bits, boolean byRow) {
        this.bits = bits;
        this.byRow = byRow;
        QuantizedMatrix.largest(bits);
    }

    @Override
    Coded encode(Tensor matrix) {
        float[] scales = QuantizedMatrix.scales(matrix, bits);
        float largest = 0;
        for (float scale : scales) {
            largest = Math.max(largest, scale);
        }
        for (int row = 0; row < scales.length; row++) {
            scales[row] = roundedUp(byRow ? scales[row] : largest);
        }
        var rounded = QuantizedMatrix.of(matrix, bits, scales);
        return Coded.of(rounded, byRow ? scales : new float[] {roundedUp(largest)});
    }

    /** The least bfloat16 that is not below a scale; the scale itself where that is too large for the largest code. */
    private float roundedUp(float scale) {
        int raw = Float.floatToRawIntBits(scale);
        float up = Float.intBitsToFloat((raw + LOWER_HALF) & ~LOWER_HALF);
        return Float.isInfinite(up * QuantizedMatrix.largest(bits)) ? scale : up;
    }

    @Override
    void write(Coded coded, Shape shape, Parts.Writer parts) {
        var numbers = (Coded.Codes) coded;
        parts.put(
                Parts.CODES,
                bits == Byte.SIZE
                        ? RawTensor.ofBytes(DType.I8, shape, numbers.codes())
                        : BitPacking.pack(numbers.codes(), bits));
        parts.put(Parts.SCALES, Parts.floats(numbers.scales()));
    }

    @Override
    Coded read(Shape matrix, Shape shape, Parts parts) throws FormatException {
        byte[] codes = bits == Byte.SIZE
                ? parts.bytes(Parts.CODES, DType.I8, shape)
                : BitPacking.unpack(parts, Parts.CODES, bits, shape.size());
        int unused = Byte.SIZE - bits;
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) ((byte) (codes[i] << unused) >> unused);
        }
        float[] scales = parts.floats(Parts.SCALES, Shape.of(byRow ? matrix.dim(0) : 1));
        for (float scale : scales) {
            if (!(scale >= 0 && scale * QuantizedMatrix.largest(bits) < Float.POSITIVE_INFINITY)) {
                throw parts.problem(Parts.SCALES, "has the scale " + scale);
            }
        }
        return new Coded.Codes(codes, Coded.integers(), scales);
    }

    @Override
    public String toString() {
        return "int" + bits + (byRow ? "" : "/1");
    }
}

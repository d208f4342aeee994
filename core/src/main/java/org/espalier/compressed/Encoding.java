package org.espalier.compressed;

import org.espalier.io.FormatException;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** How the numbers of a weight are written. Equal means the same form. */
public abstract sealed class Encoding permits FloatEncoding, IntegerEncoding, CodebookEncoding {
    Encoding() {}

    /** As they are, in F32. */
    public static Encoding float32() {
        return FloatEncoding.F32;
    }

    /** Rounded to the nearest bfloat16, in BF16; finite numbers only. */
    public static Encoding bfloat16() {
        return FloatEncoding.BF16;
    }

    /**
     * Integers with one scale for each row, a bfloat16 by default; finite numbers only.
     *
     * @throws IllegalArgumentException unless there are 2 to 8 bits
     */
    public static Encoding intPerRow(int bits) {
        return new IntegerEncoding(bits, true);
    }

    /** As {@link #intPerRow}, with one scale for all rows: smaller where rows are short, and less exact. */
    public static Encoding intPerTensor(int bits) {
        return new IntegerEncoding(bits, false);
    }

    /**
     * Rounded to 2ᵇ shared values, one of them 0, which k-means finds; finite numbers only.
     *
     * @throws IllegalArgumentException unless there are 1 to 8 bits
     */
    public static Encoding codebook(int bits) {
        return new CodebookEncoding(bits);
    }

    /** Reads the text back; null if it is none. */
    static Encoding parse(String text) {
        for (int bits = 1; bits <= Byte.SIZE; bits++) {
            for (var encoding : bits == 1
                    ? new Encoding[] {float32(), bfloat16(), codebook(bits)}
                    : new Encoding[] {intPerRow(bits), intPerTensor(bits), codebook(bits)}) {
                if (encoding.toString().equals(text)) {
                    return encoding;
                }
            }
        }
        return null;
    }

    /** The numbers of a matrix in this form. */
    abstract Coded encode(Tensor matrix);

    /** Writes entries, of which {@code coded} has as many as {@code shape} holds. */
    abstract void write(Coded coded, Shape shape, Parts.Writer parts);

    /** Reads as many entries; {@code matrix} is what they belong to, {@code shape} that of the entries. */
    abstract Coded read(Shape matrix, Shape shape, Parts parts) throws FormatException;

    @Override
    public final boolean equals(Object other) {
        return other instanceof Encoding that && toString().equals(that.toString());
    }

    @Override
    public final int hashCode() {
        return toString().hashCode();
    }
}

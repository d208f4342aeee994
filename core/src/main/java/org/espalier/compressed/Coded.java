package org.espalier.compressed;

import java.util.Arrays;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Numbers as an encoding holds them: one for each element of a matrix, or for each entry of a layout. */
sealed interface Coded {
    /** Elements that a byte can number. */
    int CODES = 256;

    /** The value of a number in a row. */
    float value(int at, int row);

    /** The numbers of these elements. */
    Coded at(Entries entries);

    /** Floating-point numbers. */
    record Floats(float[] values) implements Coded {
        @Override
        public float value(int at, int row) {
            return values[at];
        }

        @Override
        public Floats at(Entries entries) {
            return new Floats(entries.of(values));
        }
    }

    /** Codes, unsigned, into a table of 256 values, times the scale of the row or the one scale of all rows. */
    record Codes(byte[] codes, float[] table, float[] scales) implements Coded {
        @Override
        public float value(int at, int row) {
            return table[codes[at] & 0xFF] * scale(row);
        }

        private float scale(int row) {
            return scales[scales.length == 1 ? 0 : row];
        }

        @Override
        public Codes at(Entries entries) {
            return new Codes(entries.of(codes), table, scales);
        }
    }

    static Floats of(Tensor matrix) {
        return new Floats(Storage.array(matrix));
    }

    static Codes of(QuantizedMatrix matrix, float[] scales) {
        return new Codes(matrix.codes(), integers(), scales);
    }

    static Codes of(CodebookMatrix matrix) {
        return new Codes(matrix.codes(), Arrays.copyOf(matrix.values(), CODES), new float[] {1});
    }

    /** A byte as a signed integer. */
    static float[] integers() {
        var table = new float[CODES];
        for (int code = 0; code < CODES; code++) {
            table[code] = (byte) code;
        }
        return table;
    }
}

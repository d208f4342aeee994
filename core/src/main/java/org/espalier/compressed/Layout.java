package org.espalier.compressed;

import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.tensor.Shape;

/** Which elements of a weight are written; the others are +0 and masked. */
public enum Layout {
    /** All of them. */
    ALL {
        @Override
        Entries entries(int size, IntPredicate kept) {
            return Entries.all(size);
        }

        @Override
        void write(int size, Entries entries, Parts.Writer parts) {}

        @Override
        Entries read(int size, Parts parts) {
            return Entries.all(size);
        }
    },

    /** Those that are kept, with a bit for each element: U8, the first element in the lowest bit. */
    BITMAP {
        @Override
        void write(int size, Entries entries, Parts.Writer parts) {
            var bits = new byte[Math.ceilDiv(size, Byte.SIZE)];
            for (int i : entries.list()) {
                bits[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
            }
            parts.put(Parts.BITMAP, RawTensor.ofBytes(DType.U8, Shape.of(bits.length), bits));
        }

        @Override
        Entries read(int size, Parts parts) throws FormatException {
            byte[] bits = parts.bytes(Parts.BITMAP, DType.U8, Shape.of(Math.ceilDiv(size, Byte.SIZE)));
            int count = 0;
            for (byte eight : bits) {
                count += Integer.bitCount(eight & 0xFF);
            }
            var entries = new int[count];
            int found = 0;
            for (int i = 0; i < size; i++) {
                if ((bits[i / Byte.SIZE] >> i % Byte.SIZE & 1) != 0) {
                    entries[found++] = i;
                }
            }
            if (found < count) {
                throw parts.problem(Parts.BITMAP, "has bits beyond its " + size + " elements");
            }
            return Entries.of(entries);
        }
    },

    /** Those that are kept, with a byte for each of them: {@link Gaps}. */
    GAPS {
        @Override
        void write(int size, Entries entries, Parts.Writer parts) {
            byte[] gaps = Gaps.encode(size, entries.list());
            parts.put(Parts.GAPS, RawTensor.ofBytes(DType.U8, Shape.of(gaps.length), gaps));
        }

        @Override
        Entries read(int size, Parts parts) throws FormatException {
            try {
                return Entries.of(Gaps.decode(parts.bytes(Parts.GAPS), size));
            } catch (IllegalArgumentException e) {
                throw parts.problem(Parts.GAPS, e.getMessage());
            }
        }
    };

    /** The elements that are written, ascending. */
    Entries entries(int size, IntPredicate kept) {
        return Entries.of(IntStream.range(0, size).filter(kept).toArray());
    }

    abstract void write(int size, Entries entries, Parts.Writer parts);

    /** The elements that are written; before anything of {@code size} is allocated, the parts must vouch for it. */
    abstract Entries read(int size, Parts parts) throws FormatException;

    /** The name in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

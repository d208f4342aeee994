package org.espalier.compressed;

import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.tensor.Shape;

/** Codes of 1 to 8 bits one after the other, each byte filled from its lowest bit; the bits left over are 0. */
final class BitPacking {
    private BitPacking() {}

    static RawTensor pack(byte[] codes, int bits) {
        var packed = new byte[Math.toIntExact(length(codes.length, bits))];
        int mask = (1 << bits) - 1;
        for (int i = 0; i < codes.length; i++) {
            long at = (long) i * bits;
            int code = (codes[i] & mask) << (int) (at % Byte.SIZE);
            int first = (int) (at / Byte.SIZE);
            packed[first] |= (byte) code;
            if (code >> Byte.SIZE != 0) {
                packed[first + 1] |= (byte) (code >> Byte.SIZE);
            }
        }
        return RawTensor.ofBytes(DType.U8, Shape.of(packed.length), packed);
    }

    /** As many codes, unsigned; refuses another number of bytes, and bits left over that are not 0. */
    static byte[] unpack(Parts parts, String suffix, int bits, int count) throws FormatException {
        byte[] packed = parts.bytes(suffix, DType.U8, Shape.of(Math.toIntExact(length(count, bits))));
        var codes = new byte[count];
        int mask = (1 << bits) - 1;
        for (int i = 0; i < count; i++) {
            long at = (long) i * bits;
            int first = (int) (at / Byte.SIZE);
            int two = packed[first] & 0xFF | (first + 1 < packed.length ? (packed[first + 1] & 0xFF) << Byte.SIZE : 0);
            codes[i] = (byte) (two >> (int) (at % Byte.SIZE) & mask);
        }
        long used = (long) count * bits % Byte.SIZE;
        if (used != 0 && (packed[packed.length - 1] & 0xFF) >> (int) used != 0) {
            throw parts.problem(suffix, "has bits beyond its " + count + " codes");
        }
        return codes;
    }

    private static long length(int count, int bits) {
        return ((long) count * bits + Byte.SIZE - 1) / Byte.SIZE;
    }
}

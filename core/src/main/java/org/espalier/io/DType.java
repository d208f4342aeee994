package org.espalier.io;

import java.util.List;
import java.util.Optional;

/**
 * The element types of the file formats, one row each: its size and its name in every format that knows it.
 *
 * <p>The list is that of safetensors, so that a file with an exotic tensor can be opened and its other tensors read.
 * Types marked as decodable convert to numbers ({@link RawTensor#toFloats()}); the others are carried as bytes only.
 *
 * <p>Sources: safetensors {@code Dtype}, NumPy array interface type strings, ONNX {@code TensorProto.DataType}.
 */
public enum DType {
    /** One byte, 0 or 1. */
    BOOL(8, "BOOL", "b1", 9, Kind.BOOL),
    /** Unsigned 8-bit integer. */
    U8(8, "U8", "u1", 2, Kind.UNSIGNED),
    /** Signed 8-bit integer. */
    I8(8, "I8", "i1", 3, Kind.SIGNED),
    /** Unsigned 16-bit integer. */
    U16(16, "U16", "u2", 4, Kind.UNSIGNED),
    /** Signed 16-bit integer. */
    I16(16, "I16", "i2", 5, Kind.SIGNED),
    /** Unsigned 32-bit integer. */
    U32(32, "U32", "u4", 12, Kind.UNSIGNED),
    /** Signed 32-bit integer. */
    I32(32, "I32", "i4", 6, Kind.SIGNED),
    /** Unsigned 64-bit integer. */
    U64(64, "U64", "u8", 13, Kind.UNSIGNED),
    /** Signed 64-bit integer. */
    I64(64, "I64", "i8", 7, Kind.SIGNED),
    /** IEEE 754 binary16. */
    F16(16, "F16", "f2", 10, Kind.FLOAT),
    /** The upper half of a binary32. */
    BF16(16, "BF16", "", 16, Kind.FLOAT),
    /** IEEE 754 binary32. */
    F32(32, "F32", "f4", 1, Kind.FLOAT),
    /** IEEE 754 binary64. */
    F64(64, "F64", "f8", 11, Kind.FLOAT),
    /** Two binary32: real and imaginary part. */
    C64(64, "C64", "", 14, Kind.OPAQUE),
    /** 4-bit float, two in a byte. */
    F4(4, "F4", "", 23, Kind.OPAQUE),
    /** 6-bit float, 2 exponent bits, packed. */
    F6_E2M3(6, "F6_E2M3", "", 0, Kind.OPAQUE),
    /** 6-bit float, 3 exponent bits, packed. */
    F6_E3M2(6, "F6_E3M2", "", 0, Kind.OPAQUE),
    /** 8-bit float, 5 exponent bits. */
    F8_E5M2(8, "F8_E5M2", "", 19, Kind.OPAQUE),
    /** 8-bit float, 4 exponent bits, no infinity. */
    F8_E4M3(8, "F8_E4M3", "", 17, Kind.OPAQUE),
    /** 8-bit power of two. */
    F8_E8M0(8, "F8_E8M0", "", 24, Kind.OPAQUE),
    /** 8-bit float, 4 exponent bits, no negative zero. */
    F8_E4M3FNUZ(8, "F8_E4M3FNUZ", "", 18, Kind.OPAQUE),
    /** 8-bit float, 5 exponent bits, no negative zero. */
    F8_E5M2FNUZ(8, "F8_E5M2FNUZ", "", 20, Kind.OPAQUE);

    private enum Kind {
        BOOL,
        UNSIGNED,
        SIGNED,
        FLOAT,
        OPAQUE
    }

    private static final List<DType> ALL = List.of(values());

    private final int bits;
    private final String safetensors;
    private final String npy;
    private final int onnx;
    private final Kind kind;

    DType(int bits, String safetensors, String npy, int onnx, Kind kind) {
        this.bits = bits;
        this.safetensors = safetensors;
        this.npy = npy;
        this.onnx = onnx;
        this.kind = kind;
    }

    /**
     * The type a safetensors header calls by this name; names are case-sensitive.
     *
     * @param code such as {@code F32}
     * @return the type, or empty if the format has no such name
     */
    public static Optional<DType> ofSafeTensors(String code) {
        for (DType type : ALL) {
            if (type.safetensors.equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * The type of a NumPy type string without its byte-order character.
     *
     * @param code such as {@code f4}
     * @return the type, or empty if this library does not read it from NPY
     */
    public static Optional<DType> ofNpy(String code) {
        for (DType type : ALL) {
            if (!code.isEmpty() && type.npy.equals(code)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * The type of an ONNX {@code TensorProto.DataType} number.
     *
     * @param code such as 1 for float
     * @return the type, or empty if this library does not know it
     */
    public static Optional<DType> ofOnnx(int code) {
        for (DType type : ALL) {
            if (code != 0 && type.onnx == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * Size of one element.
     *
     * @return bits; less than 8 for the packed types
     */
    public int bits() {
        return bits;
    }

    /**
     * Size of one element in whole bytes.
     *
     * @return bytes
     * @throws IllegalStateException if elements of this type share bytes
     */
    public int bytes() {
        if (bits % Byte.SIZE != 0) {
            throw new IllegalStateException(this + " elements are packed: they have " + bits + " bits, no whole bytes");
        }
        return bits / Byte.SIZE;
    }

    /**
     * Size of a run of elements.
     *
     * @param elements how many, not negative
     * @return bytes, or −1 if the elements do not fill whole bytes
     * @throws ArithmeticException if the number of bits does not fit a {@code long}
     */
    public long bytesFor(long elements) {
        long total = Math.multiplyExact(elements, (long) bits);
        return total % Byte.SIZE == 0 ? total / Byte.SIZE : -1;
    }

    /**
     * The name in a safetensors header.
     *
     * @return such as {@code F32}
     */
    public String safetensors() {
        return safetensors;
    }

    /**
     * The NumPy type string without its byte-order character.
     *
     * @return such as {@code f4}, or the empty string if NPY has no such type
     */
    public String npy() {
        return npy;
    }

    /**
     * The ONNX {@code TensorProto.DataType} number.
     *
     * @return such as 1 for float, or 0 if ONNX has no such type
     */
    public int onnx() {
        return onnx;
    }

    /**
     * Tells the floating-point types that can be decoded.
     *
     * @return true for F16, BF16, F32 and F64
     */
    public boolean isFloat() {
        return kind == Kind.FLOAT;
    }

    /**
     * Tells the integer types.
     *
     * @return true for I8 to I64 and U8 to U64
     */
    public boolean isInteger() {
        return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
    }

    /**
     * Tells the types that convert to numbers.
     *
     * @return true for the boolean, integer and 16- to 64-bit floating-point types
     */
    public boolean isDecodable() {
        return kind != Kind.OPAQUE;
    }
}

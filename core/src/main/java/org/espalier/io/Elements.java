package org.espalier.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToLongFunction;

/** Elements to numbers and back, one case per {@link DType}; buffers are little-endian. */
final class Elements {

    private Elements() {}

    static float[] floats(DType type, ByteBuffer in) {
        var out = new float[count(type, in)];
        switch (type) {
            case F32 -> in.asFloatBuffer().get(out);
            case F16 -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = Float.float16ToFloat(in.getShort(2 * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = Float.intBitsToFloat(in.getShort(2 * i) << 16);
                }
            }
            case F64 -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) in.getDouble(8 * i);
                }
            }
            case U64 -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = unsigned(in.getLong(8 * i));
                }
            }
            default -> {
                IntToLongFunction integers = integers(type, in);
                for (int i = 0; i < out.length; i++) {
                    out[i] = integers.applyAsLong(i);
                }
            }
        }
        return out;
    }

    static double[] doubles(DType type, ByteBuffer in) {
        var out = new double[count(type, in)];
        switch (type) {
            case F64 -> in.asDoubleBuffer().get(out);
            case F32, F16, BF16 -> {
                float[] floats = floats(type, in);
                for (int i = 0; i < out.length; i++) {
                    out[i] = floats[i];
                }
            }
            case U64 -> {
                for (int i = 0; i < out.length; i++) {
                    long bits = in.getLong(8 * i);
                    // Halving with the lost bit kept makes the conversion round once, as for a signed value.
                    out[i] = bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
                }
            }
            default -> {
                IntToLongFunction integers = integers(type, in);
                for (int i = 0; i < out.length; i++) {
                    out[i] = integers.applyAsLong(i);
                }
            }
        }
        return out;
    }

    static long[] longs(DType type, ByteBuffer in) {
        IntToLongFunction integers = integers(type, in);
        var out = new long[count(type, in)];
        for (int i = 0; i < out.length; i++) {
            out[i] = integers.applyAsLong(i);
            if (type == DType.U64 && out[i] < 0) {
                throw new ArithmeticException("element " + i + " does not fit in a long");
            }
        }
        return out;
    }

    static int[] ints(DType type, ByteBuffer in) {
        IntToLongFunction integers = integers(type, in);
        var out = new int[count(type, in)];
        for (int i = 0; i < out.length; i++) {
            long value = integers.applyAsLong(i);
            out[i] = (int) value;
            if (out[i] != value) {
                throw new ArithmeticException("element " + i + " does not fit in an int");
            }
        }
        return out;
    }

    static boolean[] booleans(DType type, ByteBuffer in) {
        var out = new boolean[count(type, in)];
        if (type == DType.BOOL) {
            // Masks are read while a program waits for its model, by the interpreter: without a call for each.
            var bytes = new byte[out.length];
            in.get(0, bytes);
            for (int i = 0; i < out.length; i++) {
                out[i] = bytes[i] != 0;
            }
            return out;
        }
        IntToLongFunction integers = integers(type, in);
        for (int i = 0; i < out.length; i++) {
            out[i] = integers.applyAsLong(i) != 0;
        }
        return out;
    }

    static byte[] encode(DType type, float[] values) {
        if (!type.isFloat()) {
            throw new IllegalArgumentException("floats cannot be stored as " + type + ": take F32, F64, F16 or BF16");
        }
        var bytes = new byte[Math.multiplyExact(values.length, type.bytes())];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case F32 -> out.asFloatBuffer().put(values);
            case F16 -> {
                for (float value : values) {
                    out.putShort(Float.floatToFloat16(value));
                }
            }
            case BF16 -> {
                for (float value : values) {
                    out.putShort(bfloat16(value));
                }
            }
            default -> {
                for (float value : values) {
                    out.putDouble(value);
                }
            }
        }
        return bytes;
    }

    static byte[] encode(DType type, int count, IntToLongFunction values) {
        if (!type.isInteger()) {
            throw new IllegalArgumentException("integers cannot be stored as " + type + ": take I8 to I64, U8 to U64");
        }
        var bytes = new byte[Math.multiplyExact(count, type.bytes())];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int bits = type.bits();
        boolean signed = type.name().charAt(0) == 'I';
        long least = signed ? -1L << bits - 1 : 0;
        long most = type == DType.U64 ? Long.MAX_VALUE : ~(-1L << (signed ? bits - 1 : bits));
        for (int i = 0; i < count; i++) {
            long value = values.applyAsLong(i);
            if (value < least || value > most) {
                throw new IllegalArgumentException("element " + i + " is " + value + ": beyond the range of " + type);
            }
            switch (bits) {
                case 8 -> out.put((byte) value);
                case 16 -> out.putShort((short) value);
                case 32 -> out.putInt((int) value);
                default -> out.putLong(value);
            }
        }
        return bytes;
    }

    /** The nearest bfloat16, half to even; a NaN stays a NaN even if only its lower bits said so. */
    static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
    }

    /** Element {@code i} of an integer or boolean tensor; unsigned 64-bit values come as their bits. */
    private static IntToLongFunction integers(DType type, ByteBuffer in) {
        return switch (type) {
            case BOOL -> i -> in.get(i) == 0 ? 0 : 1;
            case I8 -> in::get;
            case U8 -> i -> in.get(i) & 0xFF;
            case I16 -> i -> in.getShort(2 * i);
            case U16 -> i -> in.getShort(2 * i) & 0xFFFF;
            case I32 -> i -> in.getInt(4 * i);
            case U32 -> i -> in.getInt(4 * i) & 0xFFFF_FFFFL;
            case I64, U64 -> i -> in.getLong(8 * i);
            default -> throw new IllegalStateException("elements of type " + type + " cannot be decoded as integers");
        };
    }

    private static float unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0f;
    }

    private static int count(DType type, ByteBuffer in) {
        if (!type.isDecodable()) {
            throw new IllegalStateException("elements of type " + type + " cannot be decoded: take their bytes()");
        }
        return in.limit() / type.bytes();
    }

    /** Turns elements of {@code width} bytes from one byte order to the other, in place. */
    static void swap(byte[] bytes, int width) {
        for (int at = 0; at + width <= bytes.length; at += width) {
            for (int low = at, high = at + width - 1; low < high; low++, high--) {
                byte moved = bytes[low];
                bytes[low] = bytes[high];
                bytes[high] = moved;
            }
        }
    }
}

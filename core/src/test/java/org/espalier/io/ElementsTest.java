package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ElementsTest {

    private static RawTensor raw(DType type, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return RawTensor.ofBytes(type, Shape.of(bytes.length / type.bytes()), bytes);
    }

    /** Bytes and values put together by hand from the definitions of the types. */
    @ParameterizedTest
    @CsvSource({
        "BOOL, 000102, 0 1 1",
        "U8, 007f80ff, 0 127 128 255",
        "I8, 007f80ff, 0 127 -128 -1",
        "U16, 01000080ffff, 1 32768 65535",
        "I16, 01000080ffff, 1 -32768 -1",
        "U32, 0100000000000080ffffffff, 1 2147483648 4294967295",
        "I32, 0100000000000080ffffffff, 1 -2147483648 -1",
        "I64, 0100000000000000ffffffffffffffff, 1 -1",
        "U64, 01000000000000000000000000000080, 1 9223372036854775808",
        "F16, 003c00c00100ff7b007c, 1 -2 5.9604645e-8 65504 Infinity",
        "BF16, 803f00c0807f7f7f, 1 -2 Infinity 3.3895314e38",
        "F32, 0000803f000000c001000000, 1 -2 1.4e-45",
        "F64, 000000000000f03f9a9999999999b93f, 1 0.1"
    })
    void bytesDecodeToTheirValues(DType type, String hex, String values) {
        String[] expected = values.split(" ");
        float[] floats = raw(type, hex).toFloats();
        double[] doubles = raw(type, hex).toDoubles();
        assertEquals(expected.length, floats.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(Float.parseFloat(expected[i]), floats[i], expected[i]);
            assertEquals(Double.parseDouble(expected[i]), doubles[i], Math.ulp(floats[i]) / 4.0, expected[i]);
        }
    }

    @Test
    void unsigned64BitValuesRoundOnce() {
        var random = new SplittableRandom(3);
        for (int round = 0; round < 10_000; round++) {
            long bits = random.nextLong() >>> random.nextInt(2) | Long.MIN_VALUE >>> random.nextInt(64);
            RawTensor raw = RawTensor.ofBytes(DType.U64, Shape.of(), ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN).putLong(bits).array());
            var exact = new BigDecimal(new BigInteger(Long.toUnsignedString(bits)));
            assertEquals(exact.floatValue(), raw.toFloats()[0], exact.toString());
            assertEquals(exact.doubleValue(), raw.toDoubles()[0], exact.toString());
        }
    }

    @Test
    void everyHalfAndEveryBfloat16SurvivesTheWayToFloatAndBack() {
        for (DType type : new DType[] {DType.F16, DType.BF16}) {
            for (int code = 0; code < 1 << 16; code++) {
                RawTensor raw = RawTensor.ofBytes(type, Shape.of(), (byte) code, (byte) (code >> 8));
                float value = raw.toFloats()[0];
                RawTensor back = RawTensor.ofFloats(type, Shape.of(), value);
                if (Float.isNaN(value)) {
                    assertTrue(Float.isNaN(back.toFloats()[0]));
                } else {
                    assertEquals(raw, back, type + " " + code);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3f800000, 3f80", "3f808000, 3f80", "3f808001, 3f81", "3f818000, 3f82", "3f80ffff, 3f81", "bf818000, bf82",
        "7f7fffff, 7f80", "ff7fffff, ff80", "00008000, 0000", "00008001, 0001", "80000001, 8000", "7f800000, 7f80",
        "7f800001, 7fc0", "ff800001, ffc0", "7fffffff, 7fff"
    })
    void bfloat16RoundsHalfToEvenAndKeepsNaN(String from, String to) {
        float value = Float.intBitsToFloat(Integer.parseUnsignedInt(from, 16));
        assertEquals(to, HexFormat.of().toHexDigits(Elements.bfloat16(value)));
    }

    @ParameterizedTest
    @EnumSource(names = {"I8", "U8", "I16", "U16", "I32", "U32", "I64", "U64"})
    void integersGoThroughAtBothEndsOfTheirRangeAndNoFurther(DType type) {
        boolean signed = type.name().startsWith("I");
        BigInteger two = BigInteger.TWO;
        BigInteger most = (signed ? two.pow(type.bits() - 1) : two.pow(type.bits())).subtract(BigInteger.ONE);
        BigInteger least = signed ? two.pow(type.bits() - 1).negate() : BigInteger.ZERO;
        long high = most.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
        long low = least.longValueExact();
        assertArrayEquals(new long[] {low, high, 0}, RawTensor.ofLongs(type, Shape.of(3), low, high, 0).toLongs());
        if (high < Long.MAX_VALUE) {
            assertThrows(IllegalArgumentException.class, () -> RawTensor.ofLongs(type, Shape.of(), high + 1));
        }
        if (low > Long.MIN_VALUE) {
            assertThrows(IllegalArgumentException.class, () -> RawTensor.ofLongs(type, Shape.of(), low - 1));
        }
    }

    @Test
    void anIntegerThatDoesNotFitTheArrayIsAnError() {
        assertThrows(ArithmeticException.class, () -> raw(DType.U64, "ffffffffffffffff").toLongs());
        assertThrows(ArithmeticException.class, () -> raw(DType.U32, "ffffffff").toInts());
        assertArrayEquals(new long[] {4294967295L}, raw(DType.U32, "ffffffff").toLongs());
        assertArrayEquals(new int[] {-1}, raw(DType.I64, "ffffffffffffffff").toInts());
    }

    @Test
    void booleansAreZeroAndOneInTheFile() {
        RawTensor raw = RawTensor.ofBooleans(Shape.of(3), true, false, true);
        assertEquals(raw(DType.BOOL, "010001"), raw);
        assertArrayEquals(new boolean[] {true, false, true}, raw.toBooleans());
        assertArrayEquals(new boolean[] {true, false}, raw(DType.I16, "00010000").toBooleans());
    }

    @Test
    void doublesGoThroughUnrounded() {
        double[] values = {0.1, -1e300, Double.MIN_VALUE};
        assertArrayEquals(values, RawTensor.ofDoubles(Shape.of(3), values).toDoubles());
        assertEquals(RawTensor.ofDoubles(Shape.of(), 0.5), RawTensor.ofFloats(DType.F64, Shape.of(), 0.5f));
    }

    @Test
    void theWrongKindOfElementIsRefused() {
        RawTensor opaque = RawTensor.ofBytes(DType.F8_E4M3, Shape.of(1), (byte) 1);
        assertThrows(IllegalStateException.class, opaque::toFloats);
        assertThrows(IllegalStateException.class, opaque::toDoubles);
        assertThrows(IllegalStateException.class, opaque::toLongs);
        assertThrows(IllegalStateException.class, () -> RawTensor.ofFloats(DType.F32, Shape.of(), 1).toInts());
        assertThrows(IllegalStateException.class, () -> RawTensor.ofFloats(DType.F32, Shape.of(), 1).toBooleans());
        assertThrows(IllegalArgumentException.class, () -> RawTensor.ofFloats(DType.I32, Shape.of(), 1));
        assertThrows(IllegalArgumentException.class, () -> RawTensor.ofInts(DType.F32, Shape.of(), 1));
        assertThrows(IllegalArgumentException.class, () -> RawTensor.ofInts(DType.BOOL, Shape.of(), 1));
    }
}

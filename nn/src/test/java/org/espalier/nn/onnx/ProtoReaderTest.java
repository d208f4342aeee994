package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.espalier.io.FormatException;
import org.junit.jupiter.api.Test;

class ProtoReaderTest {

    private static ProtoReader reader(String hex) {
        return ProtoReader.of("bytes", HexFormat.of().parseHex(hex));
    }

    @Test
    void fieldsComeInOrderAndMayBeSkipped() throws FormatException {
        var in = reader("089601" + "1a03089601" + "120774657374696e67" + "250000803f" + "310000000000000000");

        assertTrue(in.next());
        assertEquals(150, in.integer());
        assertTrue(in.next());
        assertEquals(3, in.field());
        assertTrue(in.next());
        assertEquals("testing", in.text());
        assertEquals(8, in.offset());
        assertTrue(in.next());
        assertEquals(1f, in.real());
        assertTrue(in.next());
        assertFalse(in.next());
    }

    @Test
    void numbersMayBePackedOrNot() throws FormatException {
        var in = reader("089601" + "0a03960105");
        var numbers = new ArrayList<Long>();
        while (in.next()) {
            in.integers(numbers::add);
        }

        assertEquals(List.of(150L, 150L, 5L), numbers);
    }

    @Test
    void damageIsRefusedWithItsPlace() {
        assertRefused(0, "08");
        assertRefused(0, "08ffffffffffffffffff02");
        assertRefused(0, "0a05000000");
        assertRefused(0, "0affffffffffffffffff01");
        assertRefused(0, "0d000000");
        assertRefused(0, "0b");
        assertRefused(0, "0000");
        assertRefused(2, "080100");
        assertRefused(0, "ffffffffffffffffff01");
    }

    @Test
    void aFieldOfAnotherKindIsRefused() throws FormatException {
        var in = reader("0801");
        in.next();

        assertThrows(FormatException.class, in::text);
        assertThrows(FormatException.class, in::real);
        assertThrows(FormatException.class, in::message);
    }

    @Test
    void textMustBeUtf8() throws FormatException {
        var in = reader("0a01ff");
        in.next();

        assertThrows(FormatException.class, in::text);
    }

    private static void assertRefused(long offset, String hex) {
        var in = reader(hex);
        var problem = assertThrows(FormatException.class, () -> {
            while (in.next()) {
                in.field();
            }
        });
        assertEquals(offset, problem.offset());
    }

    private static ProtoReader first(String hex) throws FormatException {
        var in = reader(hex);
        assertTrue(in.next());
        return in;
    }

    private static String refusal(String hex) {
        return assertThrows(FormatException.class, () -> first(hex)).getMessage();
    }

    @Test
    void fieldsAreNumberedWith29Bits() throws FormatException {
        assertEquals((1 << 29) - 1, first("f8ffffff0f" + "01").field());
        assertEquals("bytes, offset 0: a field with number 536870912", refusal("8080808010" + "01"));
        assertEquals("bytes, offset 0: a field of wire type 3", refusal("0b"));
    }

    @Test
    void integersHave64Bits() throws FormatException {
        assertEquals(-1, first("08" + "ffffffffffffffffff01").integer());
        assertEquals(Long.MAX_VALUE, first("08" + "ffffffffffffffff7f").integer());
        assertEquals("bytes, offset 0: a number of more than 64 bits", refusal("08" + "ffffffffffffffffff02"));
        assertEquals("bytes, offset 0: a number of more than 64 bits", refusal("08" + "ffffffffffffffffff81"));
    }

    @Test
    void lengthsAreComparedWithWhatIsLeft() throws FormatException {
        assertEquals("bytes, offset 0: a length of 5 bytes where 3 are left", refusal("0a05000000"));
        assertEquals("bytes, offset 0: a length of 18446744073709551615 bytes where 0 are left",
                refusal("0a" + "ffffffffffffffffff01"));
        assertEquals("bytes, offset 0: the message ends within a number", refusal("0d000000"));
        assertEquals("", first("0a00").text());
        assertEquals(0, first("0a00").bytes().remaining());
    }

    /** 0x12345678 and 0x89ABCDEF, lowest byte first. */
    @Test
    void numbersOfFixedWidthAreLittleEndian() throws FormatException {
        assertEquals(0x12345678, Float.floatToRawIntBits(first("0d78563412").real()));
        assertEquals(0x89ABCDEF, Float.floatToRawIntBits(first("0defcdab89").real()));
        assertEquals(0x12345678, first("0d78563412").fixedBytes(4).order(ByteOrder.LITTLE_ENDIAN).getInt());
        assertEquals(0x1234567889ABCDEFL,
                first("09efcdab8978563412").fixedBytes(8).order(ByteOrder.LITTLE_ENDIAN).getLong());
        assertArrayEquals(new float[] {1, -2}, first("0a08" + "0000803f" + "000000c0").reals());
        assertArrayEquals(new float[] {1}, first("0d" + "0000803f").reals());
        assertThrows(FormatException.class, () -> first("0a06" + "0000803f0000").reals());
        assertThrows(FormatException.class, () -> first("0d78563412").fixedBytes(8));
        assertThrows(FormatException.class, () -> first("09efcdab8978563412").fixedBytes(4));
    }

    @Test
    void textMayBeOfAnyLanguageAndBytesAreAView() throws FormatException {
        assertEquals("a\u00e9\u4e2d", first("0a06" + "61" + "c3a9" + "e4b8ad").text());
        var view = first("0a0201ff").bytes();
        assertTrue(view.isReadOnly());
        assertEquals(2, view.remaining());
        assertEquals(1, view.get(0));
        assertEquals(-1, view.get(1));
    }

    @Test
    void aMessageCanBeReadAgain() throws FormatException {
        var outer = first("120408011002");
        var in = outer.message();
        assertEquals(2, in.offset());
        for (var reader : List.of(in, in.again())) {
            assertTrue(reader.next());
            assertEquals(1, reader.integer());
            assertTrue(reader.next());
            assertEquals(2, reader.integer());
            assertEquals(4, reader.offset());
            assertFalse(reader.next());
        }
        assertEquals(2, in.again().offset());
    }

    @Test
    void aFieldOfAnotherKindIsNamed() throws FormatException {
        var in = first("1801");
        assertEquals("bytes, offset 0: expected text in field 3 but its wire type is 0",
                assertThrows(FormatException.class, in::text).getMessage());
        var text = first("1a0161");
        assertEquals("bytes, offset 0: expected an integer in field 3 but its wire type is 2",
                assertThrows(FormatException.class, text::integer).getMessage());
        assertEquals("bytes, offset 0: expected a float in field 3 but its wire type is 2",
                assertThrows(FormatException.class, text::real).getMessage());
    }
}

package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.tensor.Shape;
import org.espalier.trials.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsHeaderTest {

    /** A file with this header and {@code data} zero bytes of elements. */
    static byte[] file(String header, int data) {
        return file(header.getBytes(StandardCharsets.UTF_8), data);
    }

    private static byte[] file(byte[] header, int data) {
        return ByteBuffer.allocate(Long.BYTES + header.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    private static String tensor(String name, String dtype, String shape, String offsets) {
        return "\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%s]}".formatted(name, dtype, shape, offsets);
    }

    private static String one(String dtype, String shape, String offsets) {
        return "{" + tensor("w", dtype, shape, offsets) + "}";
    }

    private static String two(String first, String second) {
        return "{" + tensor("a", "U8", "4", first) + "," + tensor("b", "U8", "4", second) + "}";
    }

    static Stream<Arguments> malformed() {
        String w = tensor("w", "U8", "4", "0,4");
        String deep = "{\"w\":" + "[".repeat(100_000);
        String keys = "{" + "\"k\":0,".repeat(1_000_000) + "}";
        String many = list(10, i -> tensor("t" + i, "U8", "4", "0,4"));
        String metadata = list(4_097, i -> "\"" + i + "\":\"\"");
        return Stream.of(
                // Text.
                row("member name", "{", 0),
                row("nothing but spaces", "{}x", 0),
                row("nothing but spaces", "{}\n", 0),
                row("nothing but spaces", "{}\0", 0),
                row("nothing but spaces", "{} {}", 0),
                row("nothing but spaces", "{" + w + "} PK\u0003\u0004", 4),
                row("surrogate", "{\"\\ud800\":{}}", 0),
                row("control character", "{\"a\0\":{}}", 0),
                row("an object", deep, 0),
                row("an object", keys, 0),
                // Numbers.
                row("without fraction or exponent", one("U8", "4e0", "0,4"), 4),
                row("without fraction or exponent", one("U8", "4.0", "0,4"), 4),
                row("without fraction or exponent", one("U8", "-0", "0,0"), 0),
                row("without fraction or exponent", one("U8", "4", "0,4.0"), 4),
                row("an integer", one("U8", "NaN", "0,4"), 4),
                row("an integer", one("U8", "\"4\"", "0,4"), 4),
                row("an integer", one("U8", "[4]", "0,4"), 4),
                row("may not start with 0", one("U8", "04", "0,4"), 4),
                row("a size of -1", one("U8", "-1", "0,4"), 4),
                row("a size of 9007199254740993", one("U8", "9007199254740993", "0,4"), 4),
                row("does not fit in 64 bits", one("U8", "9223372036854775808", "0,4"), 4),
                row("does not fit in 64 bits", one("U8", "123456789012345678901234567890", "0,4"), 4),
                // Keys.
                row("appears twice", "{" + w + "," + w + "}", 4),
                row("appears twice", "{" + w + "," + w.replace("\"w\"", "\"\\u0077\"") + "}", 4),
                row("appears twice", "{" + w.replace("}", ",\"dtype\":\"U8\"}") + "}", 4),
                row("appears twice", "{" + w.replace("}", ",\"shape\":[4]}") + "}", 4),
                row("appears twice", "{" + w.replace("}", ",\"data_offsets\":[0,4]}") + "}", 4),
                row("appears twice", "{\"__metadata__\":{},\"__metadata__\":{}}", 0),
                row("appears twice", "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", 0),
                row("appears twice", metadataTwice(), 0),
                row("a string", "{\"__metadata__\":{\"a\":1}}", 0),
                row("a string", "{\"__metadata__\":{\"a\":{\"b\":\"c\"}}}", 0),
                row("a string", "{\"__metadata__\":{\"a\":null}}", 0),
                row("an object", "{\"__metadata__\":[\"a\"]}", 0),
                row("an object", "{\"__metadata__\":null}", 0),
                row("4096 metadata", "{\"__metadata__\":{" + metadata + "}}", 0),
                row("unknown field", "{" + w.replace("}", ",\"strides\":[1]}") + "}", 4),
                row("needs the fields", "{\"w\":{\"shape\":[4],\"data_offsets\":[0,4]}}", 4),
                row("needs the fields", "{\"w\":{\"dtype\":\"U8\",\"data_offsets\":[0,4]}}", 4),
                row("needs the fields", "{\"w\":{\"dtype\":\"U8\",\"shape\":[4]}}", 4),
                row("needs the fields", "{\"w\":{}}", 0),
                row("an object", "{\"w\":[]}", 0),
                row("without a name", "{" + tensor("", "U8", "4", "0,4") + "}", 4),
                // Types.
                row("unknown dtype", one("F128", "4", "0,64"), 64),
                row("unknown dtype", one("f32", "1", "0,4"), 4),
                row("unknown dtype", one("", "1", "0,4"), 4),
                row("a string", "{\"w\":{\"dtype\":5,\"shape\":[4],\"data_offsets\":[0,4]}}", 4),
                row("no whole bytes", one("F4", "3", "0,2"), 2),
                row("no whole bytes", one("F6_E2M3", "5", "0,4"), 4),
                // Shapes.
                row("a size of 4294967296", one("U8", "4294967296,4294967296", "0,0"), 0),
                row("does not fit in 64 bits", one("U8", "2,18446744073709551614", "0,0"), 0),
                row("a size of 9223372036854775807", one("U8", "2,9223372036854775807", "0,0"), 0),
                row("more bits than 64 bits", one("U8", "2147483647,2147483647,4", "0,4"), 4),
                row("more bits than 64 bits", one("F64", "2147483647,2147483647", "0,4"), 4),
                row("its type and shape need 4294967296", one("U8", "65536,65536", "0,4"), 4),
                row("its type and shape need 5", one("U8", "5", "0,4"), 4),
                row("its type and shape need 1", one("U8", "", "0,4"), 4),
                row("its type and shape need 0", one("U8", "0", "0,4"), 4),
                row("more than 64 sizes", one("U8", "1,".repeat(1_000) + "4", "0,4"), 4),
                // Offsets.
                row("lies at [4, 0)", one("U8", "4", "4,0"), 4),
                row("lies at [0, 8)", one("U8", "8", "0,8"), 4),
                row("lies at [0, 9223372036854775807)", one("U8", "4", "0,9223372036854775807"), 4),
                row("negative", one("U8", "4", "-1,3"), 4),
                row("two data_offsets", one("U8", "4", ""), 4),
                row("two data_offsets", one("U8", "4", "0"), 4),
                row("two data_offsets", one("U8", "4", "0,4,4"), 4),
                row("leaves a gap", one("U8", "4", "1,5"), 5),
                row("leaves a gap", two("0,4", "5,9"), 9),
                row("the tensors end after 4", one("U8", "4", "0,4"), 5),
                row("the tensors end after 0", "{}", 1),
                row("overlaps", two("0,4", "3,7"), 7),
                row("overlaps", two("0,4", "0,4"), 4),
                row("overlaps", "{" + many + "}", 4),
                row("overlaps", "{" + w + "," + tensor("z", "U8", "0", "2,2") + "}", 4),
                row("lies at [2, 4)", one("U8", "2", "2,4"), 2));
    }

    private static String list(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(","));
    }

    private static String metadataTwice() {
        String entry = "\"" + TensorFile.CHECKSUM_KEY + "\":\"00000000\"";
        return "{\"__metadata__\":{" + entry + "," + entry + "}}";
    }

    private static Arguments row(String complaint, String header, int data) {
        return Arguments.of(complaint, header, data);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedHeaderIsRefusedWithTheReason(String complaint, String header, int data) {
        byte[] file = file(header, data);
        var refusal = assertThrows(FormatException.class, () -> SafeTensors.read(file));
        assertTrue(refusal.getMessage().contains(complaint), refusal.getMessage());
        assertTrue(refusal.offset() >= Long.BYTES && refusal.offset() <= file.length, refusal.getMessage());
        assertEquals("safetensors bytes", refusal.source());
        long allocated = Allocation.of(() -> SafeTensors.read(file));
        assertTrue(allocated <= Allocation.allowed(file.length), allocated + " bytes for a file of " + file.length);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                1, 100_000_000, 100_000_001, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 7, Long.MIN_VALUE, -1
            })
    void aHeaderLengthThatTheFileDoesNotHaveIsRefused(long length) {
        byte[] file = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
        assertThrows(FormatException.class, () -> SafeTensors.read(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " {}", "\n{}", "\ufeff{}", "[]", "null"})
    void aFileWhoseHeaderIsNoObjectIsNamedForWhatItIs(String header) {
        byte[] file = file(header, 0);
        var refusal = assertThrows(FormatException.class, () -> SafeTensors.read(file));
        // The length in front of the header is less than 256 here: one byte of it, and seven zeros.
        var first = "%02x".formatted(file.length - Long.BYTES) + " 00".repeat(7);
        assertEquals(
                "safetensors bytes, offset 0: expected a safetensors file, but this is of no kind that is known here "
                        + "(it begins with " + first + "): was it damaged on its way?",
                refusal.getMessage());
        assertEquals(0, refusal.offset());
        assertEquals("safetensors bytes", refusal.source());
        long allocated = Allocation.of(() -> SafeTensors.read(file));
        assertTrue(allocated <= Allocation.allowed(file.length), allocated + " bytes for a file of " + file.length);
    }

    @Test
    void anEmptyHeaderInFrontOfElementsIsRefused() {
        var file = new byte[Long.BYTES + 1];
        file[Long.BYTES] = '{';
        var refusal = assertThrows(FormatException.class, () -> SafeTensors.read(file));
        assertTrue(refusal.getMessage().contains("a header that begins with '{'"), refusal.getMessage());
        assertEquals(Long.BYTES, refusal.offset());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void aFileShorterThanTheHeaderLengthIsRefused(int length) {
        var refusal = assertThrows(FormatException.class, () -> SafeTensors.read(new byte[length]));
        var what = length == 0
                ? "an empty file: was it written, or downloaded, completely?"
                : "of no kind that is known here (it begins with 00" + " 00".repeat(length - 1) + ")";
        assertTrue(refusal.getMessage().contains("expected a safetensors file, but this is " + what),
                refusal.getMessage());
        assertEquals(0, refusal.offset());
    }

    @Test
    void aNameThatIsNotUtf8IsRefused() {
        byte[] header = "{\"?\":{}}".getBytes(StandardCharsets.UTF_8);
        for (int value = 0x80; value <= 0xFF; value++) {
            header[2] = (byte) value;
            byte[] file = file(header, 0);
            assertThrows(FormatException.class, () -> SafeTensors.read(file));
        }
    }

    @Test
    void legalOdditiesAreRead() throws FormatException {
        assertEquals(0, SafeTensors.read(file("{}", 0)).tensors().size());
        assertEquals(0, SafeTensors.read(file("{}      ", 0)).tensors().size());
        assertEquals(2, SafeTensors.read(file(two("4,8", "0,4"), 8)).tensors().size());
        TensorFile zeros = SafeTensors.read(file("{" + tensor("a", "U8", "4", "0,4") + ","
                + tensor("b", "F32", "0,7", "4,4") + "," + tensor("c", "I64", "0", "0,0") + ","
                + tensor("d", "F4", "0", "4,4") + "}", 4));
        assertEquals(Shape.of(0, 7), zeros.raw("b").shape());
        assertEquals(0, zeros.raw("c").byteCount());
        assertEquals(Shape.of(), SafeTensors.read(file(one("U8", "", "0,1"), 1)).raw("w").shape());
        TensorFile names = SafeTensors.read(file("{" + tensor("../a\\\\b\\u0000/", "U8", "1", "0,1") + "}", 1));
        assertEquals("../a\\b\0/", names.tensors().keySet().iterator().next());
        assertEquals(3, SafeTensors.read(file(one("F6_E3M2", "4", "0,3"), 3)).raw("w").byteCount());
        String spaced = "{ \"w\" :\n{ \"shape\" : [ 2 , 2 ] ,\t\"dtype\" : \"U8\" , \"data_offsets\" : [ 0 , 4 ] } }";
        assertEquals(Shape.of(2, 2), SafeTensors.read(file(spaced, 4)).raw("w").shape());
    }

    @Test
    void manyTinyTensorsTakeNoMoreThanFourTimesTheFile() throws FormatException {
        var header = new StringBuilder("{");
        for (int i = 0; i < 100_000; i++) {
            header.append(i == 0 ? "" : ",").append(tensor(Integer.toString(i, 36), "U8", "0", "0,0"));
        }
        byte[] file = file(header.append('}').toString(), 0);
        long allocated = Allocation.of(() -> SafeTensors.read(file));
        assertTrue(allocated <= Allocation.allowed(file.length), allocated + " bytes for a file of " + file.length);
    }
}

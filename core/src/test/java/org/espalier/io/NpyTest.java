package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.espalier.tensor.Shape;
import org.espalier.trials.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {

    @TempDir
    private Path directory;

    /** A version 1.0 file with this dictionary and these elements. */
    private static byte[] file(String dictionary, String elements) {
        return file(1, dictionary + "\n", elements);
    }

    private static byte[] file(int version, String header, String elements) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        byte[] data = HexFormat.of().parseHex(elements.replace(" ", ""));
        ByteBuffer out = ByteBuffer.allocate(12 + text.length + data.length);
        out.put(Npy.MAGIC).put((byte) version).put((byte) 0).put((byte) text.length).put((byte) (text.length >> 8));
        if (version > 1) {
            out.putShort((short) 0);
        }
        out.put(text).put(data);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static String dictionary(String descr, String fortran, String shape) {
        return "{'descr': '" + descr + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
    }

    /** The first 128 bytes were printed by NumPy 2.4.6. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "F32; 2x3; {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
                "I64; ''; {'descr': '<i8', 'fortran_order': False, 'shape': (), }",
                "U8; 0x3; {'descr': '|u1', 'fortran_order': False, 'shape': (0, 3), }",
                "BOOL; 2; {'descr': '|b1', 'fortran_order': False, 'shape': (2,), }"
            })
    void aFileHasTheBytesThatNumPyWrites(DType type, String shape, String dictionary) throws FormatException {
        int[] dims = shape.isEmpty()
                ? new int[0]
                : Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
        var elements = new byte[Shape.of(dims).size() * type.bytes()];
        Arrays.fill(elements, (byte) 1);
        RawTensor tensor = RawTensor.ofBytes(type, Shape.of(dims), elements);
        byte[] header = ("\u0093NUMPY\1\0v\0" + dictionary + " ".repeat(117 - dictionary.length()) + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] expected = Arrays.copyOf(header, 128 + elements.length);
        Arrays.fill(expected, 128, expected.length, (byte) 1);

        assertArrayEquals(expected, Npy.toBytes(tensor));
        assertEquals(tensor, Npy.read(expected));
    }

    @ParameterizedTest
    @EnumSource(names = {"BOOL", "U8", "I8", "U16", "I16", "U32", "I32", "U64", "I64", "F16", "F32", "F64"})
    void whatIsWrittenIsReadAndWrittenAgainByteForByte(DType type) throws IOException {
        var random = new SplittableRandom(7);
        Path path = directory.resolve("a.npy");
        for (int round = 0; round < 100; round++) {
            RawTensor tensor = RandomFiles.tensor(random, type);
            byte[] bytes = Npy.toBytes(tensor);
            assertEquals(tensor, Npy.read(bytes));
            assertArrayEquals(bytes, Npy.toBytes(Npy.read(bytes)));
        }
        RawTensor tensor = RandomFiles.tensor(random, type);
        Npy.write(path, tensor);
        assertArrayEquals(Npy.toBytes(tensor), Files.readAllBytes(path));
        assertEquals(tensor, Npy.read(path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                ">f4; 3f800000 c0000000", "<f4; 0000803f 000000c0", ">f8; 3ff0000000000000 c000000000000000",
                ">f2; 3c00 c000", ">i2; 0001 fffe", ">i8; 0000000000000001 fffffffffffffffe", "|i1; 01 fe", "<i1; 01 fe"
            })
    void eitherByteOrderIsRead(String descr, String elements) throws FormatException {
        assertArrayEquals(
                new float[] {1, -2},
                Npy.read(file(dictionary(descr, "False", "(2,)"), elements)).toFloats());
    }

    @Test
    void fortranOrderIsTurnedIntoRowMajor() throws FormatException {
        RawTensor matrix = Npy.read(file(dictionary("|u1", "True", "(2, 3)"), "00 03 01 04 02 05"));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, matrix.toInts());
        // Element [i, j, k] of a [2, 1, 3] array lies at i + 2j + 2k.
        RawTensor cube = Npy.read(file(dictionary(">u2", "True", "(2, 1, 3)"), "0000 0003 0001 0004 0002 0005"));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, cube.toInts());
        assertArrayEquals(new int[] {7, 8}, Npy.read(file(dictionary("|u1", "True", "(2,)"), "0708")).toInts());
        assertEquals(Shape.of(0, 3), Npy.read(file(dictionary("|u1", "True", "(0, 3)"), "")).shape());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyVersionIsRead(int version) throws FormatException {
        byte[] file = file(version, dictionary("<i2", "False", "()") + "   \n", "0100");
        assertArrayEquals(new int[] {1}, Npy.read(file).toInts());
    }

    @ParameterizedTest
    @CsvSource({
        "'', this is an empty file", "934e554d50, expected a NumPy array", "934e554d50590100, header length",
        "924e554d505901000000, expected a NumPy array",
        "504b0304000001000000, this is a zip archive", "934e554d505900000000, version 0.0",
        "934e554d505904000000, version 4.0",
        "934e554d505901010000, version 1.1", "934e554d50590100ffff, limit is 10000",
        "934e554d5059010001007b, expected a string",
        "934e554d50590100100027, bytes of header", "934e554d50590200ffffffff, a header of 4294967295 bytes",
        "934e554d50590300ffffff7f, a header of 2147483647 bytes", "934e554d505901000000, expected '{'"
    })
    void aMalformedStartIsRefusedWithTheReason(String digits, String complaint) {
        byte[] file = HexFormat.of().parseHex(digits);
        var refusal = assertThrows(FormatException.class, () -> Npy.read(file));
        assertTrue(refusal.getMessage().contains(complaint), refusal.getMessage());
        assertTrue(refusal.offset() >= 0 && refusal.offset() <= file.length, refusal.getMessage());
    }

    @Test
    void tooFewOrTooManyElementsAreRefusedBeforeTheyAreAllocated() {
        for (String shape : new String[] {"(2147483647,)", "(46340, 46340)", "(3,)", "(1,)"}) {
            byte[] file = file(dictionary("<f8", "False", shape), "00".repeat(16));
            var refusal = assertThrows(FormatException.class, () -> Npy.read(file));
            assertTrue(refusal.getMessage().contains("elements of shape"), refusal.getMessage());
            assertTrue(Allocation.of(() -> Npy.read(file)) < Allocation.allowed(file.length));
        }
    }

    @Test
    void everyTruncationIsDetected() {
        byte[] file = Npy.toBytes(RawTensor.ofInts(DType.I16, Shape.of(3), 1, 2, 3));
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThrows(FormatException.class, () -> Npy.read(cut), "length " + length);
        }
    }

    @Test
    void aTypeThatNumPyDoesNotHaveIsNotWritten() {
        var half = RawTensor.ofFloats(DType.BF16, Shape.of(), 1);
        assertThrows(IllegalArgumentException.class, () -> Npy.toBytes(half));
        assertThrows(IllegalArgumentException.class, () -> Npy.write(directory.resolve("a.npy"), half));
    }

    @Test
    void aHeaderMayBeAsLongAsNumPyReadsIt() throws FormatException {
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (), }";
        String longest = dictionary + " ".repeat(9_999 - dictionary.length()) + "\n";
        assertEquals(1, Npy.read(file(1, longest, "0000803f")).toTensor().item());
        var refusal = assertThrows(FormatException.class, () -> Npy.read(file(1, " " + longest, "0000803f")));
        assertTrue(refusal.getMessage().contains("a header of 10001 bytes; the limit is 10000"), refusal.getMessage());
    }
}

package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.espalier.tensor.Shape;
import org.espalier.trials.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IdxTest {

    @TempDir
    private Path directory;

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static byte[] gzip(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    @Test
    void aHandMadeImageFileIsRead() throws FormatException {
        RawTensor images = Idx.read(hex("00000803 00000002 00000001 00000003 000102fdfeff"));
        assertEquals(DType.U8, images.dtype());
        assertEquals(Shape.of(2, 1, 3), images.shape());
        assertArrayEquals(new int[] {0, 1, 2, 253, 254, 255}, images.toInts());
    }

    @ParameterizedTest
    @CsvSource({
        "I8, 00000901 00000002 80ff, -128 -1",
        "I16, 00000b01 00000002 8000 0102, -32768 258",
        "I32, 00000c01 00000001 01020304, 16909060",
        "F32, 00000d01 00000002 3f800000 c0000000, 1 -2",
        "F64, 00000e00 3ff0000000000000, 1"
    })
    void everyTypeIsBigEndian(DType type, String file, String values) throws FormatException {
        RawTensor read = Idx.read(hex(file));
        assertEquals(type, read.dtype());
        double[] expected = Arrays.stream(values.split(" ")).mapToDouble(Double::parseDouble).toArray();
        assertArrayEquals(expected, read.toDoubles());
        assertArrayEquals(hex(file), Idx.toBytes(read));
    }

    @ParameterizedTest
    @EnumSource(names = {"U8", "I8", "I16", "I32", "F32", "F64"})
    void whatIsWrittenIsReadPlainOrCompressedFromAnySource(DType type) throws IOException {
        var random = new SplittableRandom(5);
        Path path = directory.resolve("data");
        for (int round = 0; round < 50; round++) {
            RawTensor tensor = RandomFiles.tensor(random, type);
            byte[] plain = Idx.toBytes(tensor);
            for (byte[] file : new byte[][] {plain, gzip(plain)}) {
                assertEquals(tensor, Idx.read(file));
                assertEquals(tensor, Idx.read("stream", new ByteArrayInputStream(file)));
                Files.write(path, file);
                assertEquals(tensor, Idx.read(path));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', this is an empty file", "0000, 4 bytes of magic number", "000008, 4 bytes of magic number",
        "01000801 00000000, expected an IDX file",
        "00010801 00000000, expected an IDX file", "00000a01 00000000, unknown", "00000001 00000000, unknown",
        "00000f01 00000000, unknown", "00008801 00000000, unknown", "00000801, bytes of sizes",
        "00000802 00000001 000000, bytes of sizes", "000008ff, a rank of 255", "00000841, a rank of 65",
        "00000801 ffffffff, a size of 4294967295", "00000801 80000000, a size of 2147483648",
        "00000802 00010000 00010000, cannot hold", "00000803 7fffffff 7fffffff 7fffffff, cannot hold",
        "00000801 7fffffff 00, 2147483647 bytes of elements", "00000801 00000002 01, 2 bytes of elements",
        "00000e01 00000001 00000000000000, 8 bytes of elements", "00000801 00000001 0102, the end of the input",
        "00000801 00000000 00, the end of the input", "504b0304, this is a zip archive"
    })
    void aMalformedFileIsRefusedWithTheReason(String digits, String complaint) throws IOException {
        byte[] file = hex(digits);
        for (byte[] source : new byte[][] {file, gzip(file)}) {
            var refusal = assertThrows(FormatException.class, () -> Idx.read(source));
            assertTrue(refusal.getMessage().contains(complaint), refusal.getMessage());
            assertTrue(refusal.offset() >= 0 && refusal.offset() <= file.length, refusal.getMessage());
            long allocated = Allocation.of(() -> Idx.read(source));
            assertTrue(allocated <= Allocation.allowed(source.length), allocated + " bytes");
        }
    }

    @Test
    void everyTruncationIsDetectedPlainAndCompressed() throws IOException {
        byte[] plain = Idx.toBytes(RawTensor.ofInts(DType.I16, Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
        for (byte[] file : new byte[][] {plain, gzip(plain)}) {
            for (int length = 0; length < file.length; length++) {
                byte[] cut = Arrays.copyOf(file, length);
                assertThrows(FormatException.class, () -> Idx.read(cut), "length " + length);
            }
        }
    }

    @Test
    void aGzipFileThatInflatesToMoreThanItSaysIsRefusedWithoutInflatingIt() throws IOException {
        byte[] bomb = gzip(Arrays.copyOf(hex("00000801 00000004"), 50_000_000));
        var refusal = assertThrows(FormatException.class, () -> Idx.read(bomb));
        assertTrue(refusal.getMessage().contains("the end of the input"), refusal.getMessage());
        long allocated = Allocation.of(() -> Idx.read(bomb));
        assertTrue(allocated <= Allocation.allowed(bomb.length), allocated + " bytes");
    }

    @Test
    void aTypeTheFormatDoesNotHaveIsNotWritten() {
        assertThrows(IllegalArgumentException.class, () -> Idx.toBytes(RawTensor.ofBooleans(Shape.of(), true)));
    }

    @Test
    void aRankOf64IsTheHighest() throws FormatException {
        byte[] file = hex("00000840" + "00000001".repeat(64) + "07");
        RawTensor one = Idx.read(file);
        assertEquals(64, one.shape().rank());
        assertArrayEquals(new int[] {7}, one.toInts());
        assertArrayEquals(file, Idx.toBytes(one));
        var dims = new int[65];
        Arrays.fill(dims, 1);
        var e = assertThrows(IllegalArgumentException.class,
                () -> Idx.toBytes(RawTensor.ofInts(DType.U8, Shape.of(dims), 7)));
        assertEquals("a rank of 65; the limit is 64", e.getMessage());
    }

    @Test
    void anArrayMayBeEmpty() throws FormatException {
        RawTensor none = Idx.read(hex("00000d02 00000000 00000003"));
        assertEquals(Shape.of(0, 3), none.shape());
        assertEquals(0, none.byteCount());
    }

    @Test
    void theOffsetOfARefusalIsThatOfTheFault() {
        var size = assertThrows(FormatException.class, () -> Idx.read(hex("00000802 00000001 ffffffff")));
        assertEquals(8, size.offset());
        var type = assertThrows(FormatException.class, () -> Idx.read(hex("00008801 00000000")));
        assertEquals("IDX bytes, offset 2: element type 0x88 is unknown", type.getMessage());
    }
}

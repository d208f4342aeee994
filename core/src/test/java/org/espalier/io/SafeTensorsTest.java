package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.espalier.io.SafeTensors.Checksum;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {

    private static final TensorFile SMALL = TensorFile.of(
            Map.of(
                    "w", RawTensor.ofFloats(DType.F32, Shape.of(2, 2), 1, -2, 0.5f, 0),
                    "mask", RawTensor.ofBooleans(Shape.of(3), true, false, true)),
            Map.of("note", "small"));

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsReadAndWrittenAgainByteForByte() throws IOException {
        var random = new SplittableRandom(1);
        for (int round = 0; round < 2_000; round++) {
            TensorFile file = RandomFiles.file(random, 6);
            byte[] bytes = SafeTensors.toBytes(file);
            TensorFile read = SafeTensors.read(bytes, Checksum.REQUIRED);
            assertEquals(file, read, "round " + round);
            assertArrayEquals(bytes, SafeTensors.toBytes(read), "round " + round);
            byte[] plain = SafeTensors.toPlainBytes(file);
            assertArrayEquals(plain, SafeTensors.toPlainBytes(SafeTensors.read(plain)), "round " + round);
        }
    }

    @Test
    void aFileOnDiskHasTheBytesOfTheFileInMemory() throws IOException {
        Path path = directory.resolve("small.safetensors");
        SafeTensors.write(path, SMALL);
        assertArrayEquals(SafeTensors.toBytes(SMALL), Files.readAllBytes(path));
        assertEquals(SMALL, SafeTensors.read(path, Checksum.REQUIRED));
        try (var left = Files.list(directory)) {
            assertEquals(List.of(path), left.toList());
        }
    }

    @Test
    void aBufferIsReadFromItsPositionToItsLimit() throws FormatException {
        byte[] bytes = SafeTensors.toBytes(SMALL);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length + 7).position(3).put(bytes).flip().position(3);
        assertEquals(SMALL, SafeTensors.read(buffer));
        assertEquals(3, buffer.position());
    }

    @Test
    void everyFlippedBitIsDetected() {
        byte[] bytes = SafeTensors.toBytes(SMALL);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            int at = bit;
            assertThrows(FormatException.class, () -> SafeTensors.read(damaged, Checksum.REQUIRED), () -> "bit " + at);
        }
    }

    @Test
    void everyTruncationAndEveryExtensionIsDetected() throws IOException {
        byte[] bytes = SafeTensors.toBytes(SMALL);
        Path path = directory.resolve("cut.safetensors");
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(FormatException.class, () -> SafeTensors.read(cut), "length " + length);
            Files.write(path, cut);
            var refusal = assertThrows(FormatException.class, () -> SafeTensors.read(path), "length " + length);
            assertEquals(path.toString(), refusal.source());
        }
        for (int more = 1; more < 64; more++) {
            byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
            assertThrows(FormatException.class, () -> SafeTensors.read(longer));
        }
    }

    @Test
    void theChecksumIsThatOfTheFileWithItsDigitsZeroed() {
        byte[] bytes = SafeTensors.toBytes(SMALL);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(TensorFile.CHECKSUM_KEY) + TensorFile.CHECKSUM_KEY.length() + 3;
        byte[] blank = bytes.clone();
        Arrays.fill(blank, at, at + 8, (byte) '0');
        var crc = new CRC32C();
        crc.update(blank);
        assertEquals(HexFormat.of().toHexDigits((int) crc.getValue()), text.substring(at, at + 8));
    }

    @Test
    void aChecksumIsAskedForVerifiedOrIgnoredAsTheCallerSays() throws FormatException {
        byte[] plain = SafeTensors.toPlainBytes(SMALL);
        assertEquals(SMALL, SafeTensors.read(plain, Checksum.WHEN_PRESENT));
        assertThrows(FormatException.class, () -> SafeTensors.read(plain, Checksum.REQUIRED));

        byte[] damaged = SafeTensors.toBytes(SMALL);
        damaged[damaged.length - 1] ^= 1;
        var refusal = assertThrows(FormatException.class, () -> SafeTensors.read(damaged));
        assertTrue(refusal.getMessage().contains("damaged"), refusal.getMessage());
        assertEquals(SMALL.tensors().keySet(), SafeTensors.read(damaged, Checksum.IGNORED).tensors().keySet());
    }

    @Test
    void aDamagedChecksumEntryIsRefused() {
        String header = "{\"__metadata__\":{\"" + TensorFile.CHECKSUM_KEY + "\":\"%s\"}}";
        for (String digits : List.of("", "0000000", "000000000", "0000000G", "0000000A", "\\u00300000000")) {
            byte[] file = SafeTensorsHeaderTest.file(header.formatted(digits), 0);
            assertThrows(FormatException.class, () -> SafeTensors.read(file), digits);
        }
    }

    @Test
    void aFileThatIsNotThereIsTheUsualException() {
        assertThrows(NoSuchFileException.class, () -> SafeTensors.read(directory.resolve("none")));
    }

    /** 24 bytes of elements after a header of the reference writer's form, put together by hand. */
    @Test
    void aHandMadeFileIsRead() throws FormatException {
        String header = "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"bias\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[20,24]},"
                + "\"weight\":{\"shape\":[2,2],\"data_offsets\":[0,16],\"dtype\":\"F32\"},"
                + "\"step\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[16,20]}}";
        String elements = "0000803f000000c00000003f0000c07f" + "d2040000" + "003c00c0";
        byte[] data = HexFormat.of().parseHex(elements);
        byte[] file = SafeTensorsHeaderTest.file(header, data.length);
        System.arraycopy(data, 0, file, file.length - data.length, data.length);

        TensorFile read = SafeTensors.read(file);

        assertEquals(List.of("bias", "weight", "step"), List.copyOf(read.tensors().keySet()));
        assertEquals(Map.of("format", "pt"), read.metadata());
        assertArrayEquals(new float[] {1, -2, 0.5f, Float.NaN}, read.raw("weight").toFloats());
        assertEquals(Shape.of(2, 2), read.tensor("weight").shape());
        assertArrayEquals(new float[] {1, -2}, read.tensor("bias").toArray());
        assertArrayEquals(new int[] {1234}, read.raw("step").toInts());
        assertEquals(Shape.of(), read.raw("step").shape());
    }

    @Test
    void theLengthIsKnownBeforeTheFileIsWritten() throws IOException {
        assertEquals(SafeTensors.toBytes(SMALL).length, SafeTensors.byteCount(SMALL));
        Path path = directory.resolve("plain.safetensors");
        Files.write(path, SafeTensors.toPlainBytes(SMALL));
        assertEquals(SMALL, SafeTensors.read(path));
    }

    @Test
    void aWrongChecksumIsNamedWithItsPlace() {
        byte[] bytes = SafeTensors.toBytes(SMALL);
        bytes[bytes.length - 1] ^= 1;
        var refusal = assertThrows(FormatException.class, () -> SafeTensors.read(bytes));
        var key = "\"" + TensorFile.CHECKSUM_KEY + "\":\"";
        assertEquals(new String(bytes, StandardCharsets.ISO_8859_1).indexOf(key) + key.length(), refusal.offset());
    }
}

package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class SafeTensorsLayoutTest {

    private static String header(byte[] file) {
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return new String(file, Long.BYTES, length, StandardCharsets.UTF_8);
    }

    @Test
    void widerElementsComeFirstThenNamesInOrder() {
        var tensors = new LinkedHashMap<String, RawTensor>();
        tensors.put("b", RawTensor.ofFloats(DType.F32, Shape.of(1), 1));
        tensors.put("mask", RawTensor.ofBooleans(Shape.of(3), true, true, false));
        tensors.put("a", RawTensor.ofFloats(DType.F32, Shape.of(), 2));
        tensors.put("half", RawTensor.ofFloats(DType.BF16, Shape.of(1, 1), 3));
        tensors.put("step", RawTensor.ofLongs(DType.I64, Shape.of(0)));
        byte[] file = SafeTensors.toPlainBytes(TensorFile.of(tensors, Map.of("z", "1", "y", "\u00e9\"")));

        String expected = "{\"__metadata__\":{\"y\":\"\u00e9\\\"\",\"z\":\"1\"},"
                + "\"step\":{\"dtype\":\"I64\",\"shape\":[0],\"data_offsets\":[0,0]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                + "\"half\":{\"dtype\":\"BF16\",\"shape\":[1,1],\"data_offsets\":[8,10]},"
                + "\"mask\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[10,13]}}";
        assertEquals(expected, header(file).stripTrailing());
        byte[] elements = {0, 0, 0, 0x40, 0, 0, (byte) 0x80, 0x3f, 0x40, 0x40, 1, 1, 0};
        assertArrayEquals(elements, Arrays.copyOfRange(file, file.length - elements.length, file.length));
    }

    @Test
    void theElementsStartAtAMultipleOfEightForEveryLengthOfHeader() {
        for (int length = 1; length <= 16; length++) {
            RawTensor one = RawTensor.ofFloats(DType.F32, Shape.of(1), 1);
            var file = TensorFile.of(Map.of("n".repeat(length), one), Map.of());
            String header = header(SafeTensors.toPlainBytes(file));
            assertEquals(0, header.getBytes(StandardCharsets.UTF_8).length % 8);
            assertTrue(header.length() - header.stripTrailing().length() < 8);
        }
    }

    @Test
    void theOrderOfTheMapsDoesNotShow() {
        RawTensor one = RawTensor.ofFloats(DType.F32, Shape.of(), 1);
        var forward = new LinkedHashMap<String, RawTensor>();
        var backward = new LinkedHashMap<String, RawTensor>();
        for (int i = 0; i < 20; i++) {
            forward.put("t" + i, one);
            backward.put("t" + (19 - i), one);
        }
        assertArrayEquals(
                SafeTensors.toBytes(TensorFile.of(forward, Map.of())),
                SafeTensors.toBytes(TensorFile.of(backward, Map.of())));
    }

    @Test
    void anEmptyFileIsAnEmptyObject() {
        byte[] file = SafeTensors.toPlainBytes(TensorFile.of(Map.of(), Map.of()));
        assertArrayEquals("\10\0\0\0\0\0\0\0{}      ".getBytes(StandardCharsets.ISO_8859_1), file);
    }

    @Test
    void aChecksumIsPutIntoItsEntryAndNowhereElse() throws FormatException {
        RawTensor one = RawTensor.ofFloats(DType.F32, Shape.of(), 1);
        String decoy = "\"" + TensorFile.CHECKSUM_KEY + "\":\"00000000\"";
        var file = TensorFile.of(Map.of(TensorFile.CHECKSUM_KEY, one, decoy, one), Map.of("a", decoy, decoy, "b"));
        assertEquals(file, SafeTensors.read(SafeTensors.toBytes(file), SafeTensors.Checksum.REQUIRED));
    }
}

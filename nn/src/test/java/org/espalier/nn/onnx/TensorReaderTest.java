package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of types and fields as in {@code onnx.proto}: 1 float, 6 int32, 7 int64, 8 string, 11 double and so on. */
class TensorReaderTest {
    private static final int MOST_BYTES = 1 << 18;

    private static OnnxGraph.Held held(Path directory, byte... fields) throws FormatException {
        return new TensorReader(new ExternalData("m.onnx", directory)).read(ProtoReader.of("m.onnx", fields));
    }

    private static Constant constant(ProtoWriter fields) throws FormatException {
        var held = held(null, fields.toBytes());
        assertNull(held.refusal());
        return held.value();
    }

    private static String refusal(ProtoWriter fields) {
        return assertThrows(FormatException.class, () -> held(null, fields.toBytes())).getMessage();
    }

    private static ProtoWriter tensor(long type, long... dims) {
        var fields = new ProtoWriter().number(OnnxProto.TensorData.TYPE, type).text(OnnxProto.TensorData.NAME, "w");
        for (long dim : dims) {
            fields.number(OnnxProto.TensorData.DIMS, dim);
        }
        return fields;
    }

    private static byte[] floats(float... values) {
        var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    @Test
    void rawElementsAreTakenAsTheyStand() throws FormatException {
        var w = constant(tensor(1, 2, 2).bytes(OnnxProto.TensorData.RAW, floats(1, -2, 0.5f, 3)));
        assertEquals(DType.F32, w.type());
        assertEquals(Shape.of(2, 2), w.shape());
        assertArrayEquals(new float[] {1, -2, 0.5f, 3}, w.tensor().toArray());
        assertEquals(0, constant(tensor(1, 0, Integer.MAX_VALUE)).shape().size());
        assertEquals(8, constant(tensor(1, 1, 1, 1, 1, 1, 1, 1, 1).bytes(OnnxProto.TensorData.RAW, floats(5)))
                .shape().rank());
    }

    /** The name and the type may stand behind the elements. */
    @Test
    void theOrderOfTheFieldsIsFree() throws FormatException {
        var reader = new TensorReader(new ExternalData("m.onnx", null));
        byte[] fields = new ProtoWriter().bytes(OnnxProto.TensorData.INT64S, (byte) 5, (byte) 6)
                .append(tensor(7, 2)).toBytes();
        assertArrayEquals(new long[] {5, 6}, reader.read(ProtoReader.of("m.onnx", fields)).value().integers());
        assertEquals("w", reader.name());
    }

    @Test
    void piecesOfATypedFieldAreJoinedInTheirOrder() throws FormatException {
        var pieces = tensor(1, 103);
        var expected = new float[103];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = i - 50;
        }
        pieces.bytes(OnnxProto.TensorData.FLOATS, floats(-50, -49, -48));
        for (int i = 3; i < expected.length; i++) {
            pieces.number(OnnxProto.TensorData.FLOATS, expected[i]);
        }
        assertArrayEquals(expected, constant(pieces).tensor().toArray());
        var runs = tensor(1, 40)
                .bytes(OnnxProto.TensorData.FLOATS, floats(Arrays.copyOfRange(expected, 0, 20)))
                .bytes(OnnxProto.TensorData.FLOATS, floats(Arrays.copyOfRange(expected, 20, 40)));
        assertArrayEquals(Arrays.copyOf(expected, 40), constant(runs).tensor().toArray());
    }

    @Test
    void doublesComeAloneOrPacked() throws FormatException {
        var two = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.25).putDouble(-3);
        assertArrayEquals(new float[] {0.25f, -3},
                constant(tensor(11, 2).bytes(OnnxProto.TensorData.DOUBLES, two.array())).tensor().toArray());
        byte[] begin = tensor(11, 1).toBytes();
        // field 10 of wire type 1: 64 bits
        byte[] one = ByteBuffer.allocate(begin.length + 9).order(ByteOrder.LITTLE_ENDIAN).put(begin)
                .put((byte) (10 << 3 | 1)).putDouble(1.5).array();
        assertArrayEquals(new float[] {1.5f}, held(null, one).value().tensor().toArray());
        assertTrue(refusal(tensor(11, 1).bytes(OnnxProto.TensorData.DOUBLES, new byte[12]))
                .endsWith("12 bytes of numbers of 8 bytes each"));
    }

    @ParameterizedTest
    @CsvSource({
        "6, 5, I32, -2, 70000", "5, 5, I16, -2, 300", "3, 5, I8, -128, 127", "4, 5, U16, 0, 65535",
        "2, 5, U8, 0, 255", "9, 5, BOOL, 0, 1", "7, 7, I64, -1, 1099511627776", "12, 11, U32, 0, 4294967295",
        "13, 11, U64, 0, 1099511627776"
    })
    void integersHaveTheFieldOfTheirType(int type, int field, DType dtype, long first, long second)
            throws FormatException {
        var w = constant(tensor(type, 2).number(field, first).number(field, second));
        assertEquals(dtype, w.type());
        assertArrayEquals(new long[] {first, second}, w.integers());
    }

    /** 1 in binary16 is 0x3C00, in bfloat16 0x3F80. */
    @Test
    void halfFloatsStandAmongTheIntegers() throws FormatException {
        assertArrayEquals(new float[] {1, -2}, constant(tensor(10, 2).number(OnnxProto.TensorData.INT32S, 0x3C00L)
                .number(OnnxProto.TensorData.INT32S, 0xC000L)).tensor().toArray());
        assertArrayEquals(new float[] {1},
                constant(tensor(16, 1).number(OnnxProto.TensorData.INT32S, 0x3F80L)).tensor().toArray());
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "11, 4", "7, 5", "6, 7", "12, 5", "13, 7", "9, 11", "10, 4"})
    void elementsInTheFieldOfAnotherTypeAreRefused(int type, int field) {
        var message = refusal(tensor(type, 2).bytes(field, new byte[16]));
        assertTrue(message.contains("has its elements in field " + field + ", which is for another type"), message);
    }

    @Test
    void elementsAreInOneFieldOnly() {
        var complaint = "tensor \"w\" has elements in two fields";
        assertTrue(refusal(tensor(1, 1).bytes(OnnxProto.TensorData.FLOATS, floats(1))
                .bytes(OnnxProto.TensorData.DOUBLES, new byte[8])).endsWith(complaint));
        assertTrue(refusal(tensor(7, 1).number(OnnxProto.TensorData.INT64S, 1L)
                .number(OnnxProto.TensorData.INT32S, 1L)).endsWith(complaint));
        assertTrue(refusal(tensor(1, 1).bytes(OnnxProto.TensorData.FLOATS, floats(1))
                .bytes(OnnxProto.TensorData.RAW, floats(1))).endsWith(complaint));
        assertTrue(refusal(tensor(1, 1).bytes(OnnxProto.TensorData.FLOATS, floats(1))
                .number(OnnxProto.TensorData.LOCATION, 1L)).endsWith(complaint));
        assertTrue(refusal(tensor(1, 1).message(OnnxProto.TensorData.SEGMENT, new ProtoWriter()))
                .endsWith("tensor \"w\" is one segment of several, which no exporter writes"));
    }

    /** A one-byte integer of the file becomes eight bytes of memory; two are borne. */
    @Test
    void typedIntegersMayNotGrowWithoutBound() throws FormatException {
        var ones = new byte[MOST_BYTES / 8];
        Arrays.fill(ones, (byte) 1);
        var largest = constant(tensor(7, ones.length).bytes(OnnxProto.TensorData.INT64S, ones));
        assertEquals(ones.length, Arrays.stream(largest.integers()).sum());
        var more = new byte[ones.length + 1];
        assertTrue(refusal(tensor(7, more.length).bytes(OnnxProto.TensorData.INT64S, more)).endsWith(
                "tensor \"w\" has more than 262144 bytes of integers in a typed field: store it as raw_data"));
        var many = new byte[MOST_BYTES];
        assertEquals(many.length,
                constant(tensor(5, many.length).bytes(OnnxProto.TensorData.INT32S, many)).shape().size());
    }

    @Test
    void typesThatAreNotComputedWithAreNoErrorUntilSomebodyUsesThem() throws FormatException {
        assertEquals("it holds strings, which this library does not compute with",
                held(null, tensor(8, 1).toBytes()).refusal());
        assertEquals("its element type, number 14, is not supported", held(null, tensor(14, 1).toBytes()).refusal());
        assertEquals("its element type, number 64, is not supported", held(null, tensor(64, 1).toBytes()).refusal());
        for (long unknown : new long[] {0, 65, -1, 1L << 32 | 1}) {
            assertTrue(refusal(tensor(unknown, 1)).endsWith("tensor \"w\" has the unknown type " + unknown));
        }
    }

    @Test
    void sizesAreComparedWithTheBytes() {
        assertTrue(refusal(tensor(1, 2).bytes(OnnxProto.TensorData.RAW, floats(1)))
                .endsWith("tensor \"w\" has 4 bytes of elements but F32[2] needs 8"));
        assertTrue(refusal(tensor(1, 65536, 65536)).endsWith("F32[65536, 65536] needs 17179869184"));
        assertTrue(refusal(tensor(1, 1L << 31)).endsWith("a size of 2147483648 as number 1 of a tensor's sizes"));
        assertTrue(refusal(tensor(1, 1, -1)).endsWith("a size of -1 as number 2 of a tensor's sizes"));
        assertTrue(refusal(tensor(1, 1, 1, 1, 1, 1, 1, 1, 1, 1))
                .endsWith("a size of 1 as number 9 of a tensor's sizes"));
    }

    private static ProtoWriter entry(String key, String value) {
        return new ProtoWriter().text(OnnxProto.Entry.KEY, key).text(OnnxProto.Entry.VALUE, value);
    }

    private static ProtoWriter external(String offset, String length) {
        return tensor(1, 2)
                .number(OnnxProto.TensorData.LOCATION, 1L)
                .message(OnnxProto.TensorData.EXTERNAL, entry("location", "weights"))
                .message(OnnxProto.TensorData.EXTERNAL, entry("checksum", "unused"))
                .message(OnnxProto.TensorData.EXTERNAL, entry("offset", offset))
                .message(OnnxProto.TensorData.EXTERNAL, entry("length", length));
    }

    @Test
    void elementsBesideTheModelAreReadFromTheirPlace(@TempDir Path directory) throws IOException {
        Files.write(directory.resolve("weights"), floats(1, 2, 3));
        assertArrayEquals(new float[] {2, 3},
                held(directory, external("4", "8").toBytes()).value().tensor().toArray());
        byte[] inside = tensor(1, 1).number(OnnxProto.TensorData.LOCATION, 0L)
                .bytes(OnnxProto.TensorData.RAW, floats(7)).toBytes();
        assertArrayEquals(new float[] {7}, held(directory, inside).value().tensor().toArray());
        byte[] huge = external("18446744073709551615", "8").toBytes();
        assertTrue(assertThrows(FormatException.class, () -> held(directory, huge)).getMessage()
                .endsWith("from byte 9223372036854775807 on with 8 bytes, but the file has 12"));
        assertTrue(refusal(external("four", "8")).endsWith("\"four\" as a place in a file of external data"));
    }

    @Test
    void aTensorKnowsWhereItStands() throws FormatException {
        byte[] file = new ProtoWriter().number(2, 1L).message(5, tensor(8, 1)).toBytes();
        var in = ProtoReader.of("m.onnx", file);
        assertTrue(in.next());
        assertTrue(in.next());
        // two bytes of the first field, two of the key and length of the second
        assertEquals(4, new TensorReader(new ExternalData("m.onnx", null)).read(in.message()).offset());
    }
}

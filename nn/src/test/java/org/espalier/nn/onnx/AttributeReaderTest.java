package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.onnx.operator.Attribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of types and fields as in {@code onnx.proto}: type 1 is a float, in field 2, and so on. */
class AttributeReaderTest {
    private long counted;

    private Attribute read(ProtoWriter fields) throws FormatException {
        var reader = new AttributeReader(new ExternalData("m.onnx", null));
        var in = ProtoReader.of("m.onnx", new ProtoWriter().text(1, "a").append(fields).toBytes());
        var attribute = reader.read(in, (bytes, at) -> counted += bytes);
        assertEquals("a", reader.name());
        return attribute;
    }

    private String refusal(ProtoWriter fields) {
        return assertThrows(FormatException.class, () -> read(fields)).getMessage();
    }

    private static ProtoWriter typed(int type) {
        return new ProtoWriter().number(OnnxProto.Attribute.TYPE, (long) type);
    }

    private static void assertReals(boolean single, Attribute attribute, float... values) {
        var reals = assertInstanceOf(Attribute.Reals.class, attribute);
        assertEquals(single, reals.single());
        assertArrayEquals(values, reals.values());
    }

    private static void assertIntegers(boolean single, Attribute attribute, long... values) {
        var integers = assertInstanceOf(Attribute.Integers.class, attribute);
        assertEquals(single, integers.single());
        assertArrayEquals(values, integers.values());
    }

    @Test
    void aTypeSaysWhichFieldCounts() throws FormatException {
        var fields = new ProtoWriter().number(2, 0.5f).number(3, -7L).text(4, "t");
        assertReals(true, read(typed(1).append(fields)), 0.5f);
        assertIntegers(true, read(typed(2).append(fields)), -7);
        assertEquals(new Attribute.Texts(true, List.of("t")), read(typed(3).append(fields)));
    }

    @Test
    void listsComeInPiecesOrPacked() throws FormatException {
        byte[] packed = {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, 0x40};
        assertReals(false, read(typed(6).number(7, 0.5f).bytes(7, packed).number(7, 3f)), 0.5f, 1, 2, 3);
        assertIntegers(false, read(typed(7).number(8, 5L).bytes(8, (byte) 6, (byte) 7).number(8, -1L)), 5, 6, 7, -1);
        assertEquals(new Attribute.Texts(false, List.of("x", "")), read(typed(8).text(9, "x").text(9, "")));
        var many = typed(6);
        var expected = new float[40];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = i + 1;
            many.number(7, expected[i]);
        }
        assertReals(false, read(many), expected);
        assertTrue(refusal(typed(6).bytes(7, new byte[6])).endsWith("6 bytes of numbers of 4 bytes each"));
    }

    @Test
    void aSingleValueThatIsZeroOrEmptyMayBeLeftOut() throws FormatException {
        assertReals(true, read(typed(1)), 0);
        assertIntegers(true, read(typed(2)), 0);
        assertEquals(new Attribute.Texts(true, List.of("")), read(typed(3)));
        assertReals(false, read(typed(6)));
        assertIntegers(false, read(typed(7)));
        assertEquals(new Attribute.Texts(false, List.of()), read(typed(8)));
        assertEquals(new Attribute.Unread("an empty tensor"), read(typed(4)));
    }

    @Test
    void withoutATypeTheFieldThatIsThereCounts() throws FormatException {
        assertReals(true, read(new ProtoWriter().number(2, 0.5f)), 0.5f);
        assertReals(false, read(new ProtoWriter().number(7, 0.5f)), 0.5f);
        assertIntegers(true, read(new ProtoWriter().number(3, 4L)), 4);
        assertIntegers(false, read(new ProtoWriter().number(8, 4L)), 4);
        assertEquals(new Attribute.Texts(true, List.of("t")), read(new ProtoWriter().text(4, "t")));
        assertEquals(new Attribute.Texts(false, List.of("t")), read(new ProtoWriter().text(9, "t")));
        assertTrue(refusal(new ProtoWriter()).endsWith("the attribute \"a\" has neither a type nor a value"));
    }

    @Test
    void tensorsAreReadOrSaidToBeUnusable() throws FormatException {
        var tensor = new ProtoWriter().number(OnnxProto.TensorData.TYPE, 7L).number(OnnxProto.TensorData.DIMS, 1L)
                .number(OnnxProto.TensorData.INT64S, 9L);
        for (var fields : List.of(typed(4).message(5, tensor), new ProtoWriter().message(5, tensor))) {
            var value = assertInstanceOf(Attribute.Value.class, read(fields));
            assertArrayEquals(new long[] {9}, value.value().integers());
        }
        var strings = new ProtoWriter().number(OnnxProto.TensorData.TYPE, 8L);
        var unread = assertInstanceOf(Attribute.Unread.class, read(typed(4).message(5, strings)));
        assertTrue(unread.kind().startsWith("a tensor that cannot be used: it holds strings"), unread.kind());
    }

    @ParameterizedTest
    @CsvSource({
        "6, a graph", "11, a graph", "10, a list of tensors", "22, a sparse tensor", "23, a sparse tensor",
        "14, a type", "15, a type", "21, an attribute of a function"
    })
    void whatIsNotReadIsNamed(int field, String kind) throws FormatException {
        assertEquals(new Attribute.Unread(kind), read(new ProtoWriter().message(field, new ProtoWriter())));
    }

    @Test
    void unknownTypesAreRefused() {
        for (long type : new long[] {5, 9, 99, 1L << 32 | 1}) {
            assertTrue(refusal(new ProtoWriter().number(OnnxProto.Attribute.TYPE, type).number(3, 1L))
                    .endsWith("the attribute \"a\" of the unknown type " + type));
        }
    }

    /** A number takes eight bytes, an object more than sixteen. */
    @Test
    void whatTakesMemoryIsCounted() throws FormatException {
        assertIntegers(false, read(typed(7).bytes(8, new byte[160])), new long[160]);
        assertTrue(counted >= 160 * 8, counted + " bytes for 160 integers");
        counted = 0;
        read(typed(7).number(8, 1L));
        assertTrue(counted >= 16 && counted < 1000, counted + " bytes for one");
        counted = 0;
        read(typed(8).text(9, "x").text(9, "y"));
        assertTrue(counted >= 2 * 16, counted + " bytes for two texts");
        counted = 0;
        assertFalse(((Attribute.Reals) read(typed(6).number(7, 1f))).single());
        assertEquals(0, counted);
    }
}

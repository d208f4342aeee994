package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.io.FormatException;
import org.espalier.nn.onnx.operator.Dim;
import org.espalier.nn.onnx.operator.Dims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields as in {@code onnx.proto}: a value has a name (1) and a type (2), which is a tensor (1) or something else. */
class PortReaderTest {
    private static OnnxGraph.Port read(ProtoWriter type) throws FormatException {
        byte[] port = new ProtoWriter().text(1, "x").message(2, type).toBytes();
        return new PortReader().read(ProtoReader.of("m.onnx", port));
    }

    private static OnnxGraph.Port tensor(ProtoWriter shape) throws FormatException {
        return read(new ProtoWriter().message(1, new ProtoWriter().number(1, 7L).message(2, shape)));
    }

    private static ProtoWriter size(long size) {
        return new ProtoWriter().message(1, new ProtoWriter().number(1, size));
    }

    @Test
    void aTensorHasATypeAndSizes() throws FormatException {
        var named = new ProtoWriter().message(1, new ProtoWriter().text(2, "batch"));
        var port = tensor(named.append(size(3)).append(size(Integer.MAX_VALUE)));
        assertEquals("x", port.name());
        assertEquals("tensor", port.kind());
        assertEquals(7, port.type());
        assertEquals(Dims.of(Dim.open("batch"), Dim.of(3), Dim.of(Integer.MAX_VALUE)), port.dims());
    }

    /** Each open size is one of its own. */
    @Test
    void sizesThatSayNothingAreOpen() throws FormatException {
        var unnamed = new ProtoWriter().message(1, new ProtoWriter().text(2, ""));
        var port = tensor(size(0).append(size(-1)).append(size(1L << 31)).append(unnamed)
                .append(new ProtoWriter().message(1, new ProtoWriter())));
        assertEquals(Dims.of(Dim.open("?x.0"), Dim.open("?x.1"), Dim.open("?x.2"), Dim.open("?x.3"),
                Dim.open("?x.4")), port.dims());
    }

    @Test
    void aScalarHasNoSizesAndAnUnknownValueNoList() throws FormatException {
        assertEquals(0, tensor(new ProtoWriter()).dims().rank());
        assertNull(read(new ProtoWriter().message(1, new ProtoWriter().number(1, 1L))).dims());
        assertNull(read(new ProtoWriter()).dims());
        assertEquals(0, read(new ProtoWriter()).type());
    }

    @ParameterizedTest
    @CsvSource({"4, sequence", "5, map", "8, sparse tensor", "9, optional value"})
    void otherKindsAreNamed(int field, String kind) throws FormatException {
        var port = read(new ProtoWriter().message(field, new ProtoWriter()));
        assertEquals(kind, port.kind());
        assertEquals(0, port.type());
    }

    @Test
    void aValueHasAtMost32Axes() throws FormatException {
        var shape = new ProtoWriter();
        for (int i = 0; i < 32; i++) {
            shape.append(size(2));
        }
        assertEquals(32, tensor(shape).dims().rank());
        var message = assertThrows(FormatException.class, () -> tensor(shape.append(size(2)))).getMessage();
        assertTrue(message.endsWith("a value of more than 32 axes"), message);
    }
}

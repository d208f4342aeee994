package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Expected bytes from the examples of the Protocol Buffers encoding guide. */
class ProtoWriterTest {

    @Test
    void fieldsAreKeyedAndNumbersTakeSevenBitsAByte() {
        assertEquals("089601", hex(new ProtoWriter().number(1, 150L)));
        assertEquals("08feffffffffffffffff01", hex(new ProtoWriter().number(1, -2L)));
        assertEquals("120774657374696e67", hex(new ProtoWriter().text(2, "testing")));
        assertEquals("1a03089601", hex(new ProtoWriter().message(3, new ProtoWriter().number(1, 150L))));
        assertEquals("150000803f", hex(new ProtoWriter().number(2, 1f)));
        assertEquals("a00101", hex(new ProtoWriter().number(20, 1L)));
    }

    private static String hex(ProtoWriter writer) {
        return HexFormat.of().formatHex(writer.toBytes());
    }
}

package org.espalier.nn.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message in the wire format of Protocol Buffers: fields, each a key (number and wire type) and a value. Numbers are
 * written seven bits to a byte, lowest first; text, bytes and inner messages with their length before them.
 */
final class ProtoWriter {
    static final int VARINT = 0;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** An integer field. */
    ProtoWriter number(int field, long value) {
        key(field, VARINT);
        varint(value);
        return this;
    }

    /** A field that is a float. */
    ProtoWriter number(int field, float value) {
        key(field, FIXED32);
        out.writeBytes(ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
        return this;
    }

    /** A field that is text. */
    ProtoWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A field that is a message. */
    ProtoWriter message(int field, ProtoWriter value) {
        key(field, LENGTH);
        varint(value.out.size());
        out.writeBytes(value.out.toByteArray());
        return this;
    }

    /** A field that is a run of bytes. */
    ProtoWriter bytes(int field, byte... value) {
        key(field, LENGTH);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /** More fields, as another writer has them. */
    ProtoWriter append(ProtoWriter fields) {
        out.writeBytes(fields.out.toByteArray());
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void key(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}

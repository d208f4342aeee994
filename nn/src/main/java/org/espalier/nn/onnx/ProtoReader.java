package org.espalier.nn.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.espalier.io.FormatException;

/**
 * The fields of one message in the wire format of Protocol Buffers, from bytes of a stranger. {@link #next} reads a
 * field whole, so a field that is not asked for is skipped; an inner message is a reader on the same bytes. Invariant:
 * no length reaches beyond the message that contains it. Nothing is allocated but what is asked for.
 */
final class ProtoReader {
    private static final int FIXED64 = 1;

    private final String source;
    private final byte[] bytes;
    private final int begin;
    private final int end;
    private int position;

    // The field just read: its value if it is a number, else the range of its bytes.
    private int at;
    private int field;
    private int wireType;
    private long number;
    private int from;
    private int to;

    private ProtoReader(String source, byte[] bytes, int position, int end) {
        this.source = source;
        this.bytes = bytes;
        this.position = position;
        this.begin = position;
        this.end = end;
        this.at = position;
    }

    /** A reader of a whole file. */
    static ProtoReader of(String source, byte... file) {
        return new ProtoReader(source, file, 0, file.length);
    }

    /** A reader of the same message from its beginning. */
    ProtoReader again() {
        return new ProtoReader(source, bytes, begin, end);
    }

    /** Reads a field; false at the end of the message. */
    boolean next() throws FormatException {
        if (position == end) {
            return false;
        }
        at = position;
        long key = varint();
        field = (int) (key >>> 3);
        wireType = (int) key & 7;
        if (key < 0 || key >>> 3 > 0x1FFF_FFFF || field == 0) {
            throw problem("a field with number " + (key >>> 3));
        }
        switch (wireType) {
            case ProtoWriter.VARINT -> number = varint();
            case ProtoWriter.FIXED32 -> number = fixed(Integer.BYTES);
            case FIXED64 -> number = fixed(Long.BYTES);
            case ProtoWriter.LENGTH -> range();
            default -> throw problem("a field of wire type " + wireType);
        }
        return true;
    }

    private void range() throws FormatException {
        long length = varint();
        if (length < 0 || length > end - position) {
            throw problem("a length of " + Long.toUnsignedString(length) + " bytes where " + (end - position)
                    + " are left");
        }
        from = position;
        to = position + (int) length;
        position = to;
    }

    private long fixed(int length) throws FormatException {
        if (length > end - position) {
            throw problem("the message ends within a number");
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (bytes[position++] & 0xFFL) << 8 * i;
        }
        return value;
    }

    private long varint() throws FormatException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position == end) {
                throw problem("the message ends within a number");
            }
            byte next = bytes[position++];
            if (shift == 63 && (next & 0xFE) != 0) {
                break;
            }
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw problem("a number of more than 64 bits");
    }

    /** The number of the field just read. */
    int field() {
        return field;
    }

    /** Where the field just read begins in the file; before the first, where the message begins. */
    long offset() {
        return at;
    }

    FormatException problem(String what) {
        return new FormatException(source, at, what);
    }

    /** The field as an integer. */
    long integer() throws FormatException {
        require(ProtoWriter.VARINT, "an integer");
        return number;
    }

    /** The field as a float. */
    float real() throws FormatException {
        require(ProtoWriter.FIXED32, "a float");
        return Float.intBitsToFloat((int) number);
    }

    /** The field as a message. */
    ProtoReader message() throws FormatException {
        require(ProtoWriter.LENGTH, "a message");
        return new ProtoReader(source, bytes, from, to);
    }

    /** The field as text. */
    String text() throws FormatException {
        require(ProtoWriter.LENGTH, "text");
        boolean ascii = true;
        for (int i = from; i < to && ascii; i++) {
            ascii = bytes[i] >= 0;
        }
        if (ascii) {
            // as nearly all names are: without the buffers of a decoder
            return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            throw new FormatException(source, at, "text that is not UTF-8", e);
        }
    }

    /** The field as bytes: a view. */
    ByteBuffer bytes() throws FormatException {
        require(ProtoWriter.LENGTH, "bytes");
        return ByteBuffer.wrap(bytes, from, to - from).slice().asReadOnlyBuffer();
    }

    /** Takes the integers of a repeated field. */
    @FunctionalInterface
    interface Numbers {
        void add(long number) throws FormatException;
    }

    /** The field as one element of a repeated number, or as a packed run of them. */
    void integers(Numbers target) throws FormatException {
        if (wireType == ProtoWriter.VARINT) {
            target.add(number);
            return;
        }
        var packed = message();
        while (packed.position < packed.end) {
            target.add(packed.varint());
        }
    }

    /** The field as floats: one, or a packed run of them. */
    float[] reals() throws FormatException {
        var packed = fixedBytes(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        var reals = new float[packed.remaining()];
        packed.get(reals);
        return reals;
    }

    /** The bytes of one element of a repeated number of fixed width, or of a packed run of them: a view. */
    ByteBuffer fixedBytes(int width) throws FormatException {
        if (wireType == (width == Integer.BYTES ? ProtoWriter.FIXED32 : FIXED64)) {
            return ByteBuffer.wrap(bytes, position - width, width).slice().asReadOnlyBuffer();
        }
        var packed = bytes();
        if (packed.remaining() % width != 0) {
            throw problem(packed.remaining() + " bytes of numbers of " + width + " bytes each");
        }
        return packed;
    }

    private void require(int type, String what) throws FormatException {
        if (wireType != type) {
            throw problem("expected " + what + " in field " + field + " but its wire type is " + wireType);
        }
    }
}

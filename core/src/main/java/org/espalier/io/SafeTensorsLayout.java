package org.espalier.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Where everything goes in a safetensors file that is to be written: the header's bytes and the order of the tensors.
 */
final class SafeTensorsLayout {

    private static final int ALIGNMENT = 8;
    private static final String NO_CHECKSUM = "00000000";

    private final byte[] head;
    private final List<RawTensor> order = new ArrayList<>();
    private final long dataLength;
    private final boolean checksum;

    SafeTensorsLayout(TensorFile contents, boolean checksum) {
        var metadata = new TreeMap<>(contents.metadata());
        if (checksum) {
            metadata.put(TensorFile.CHECKSUM_KEY, NO_CHECKSUM);
        }
        var members = new LinkedHashMap<String, Json>();
        if (!metadata.isEmpty()) {
            var strings = new LinkedHashMap<String, Json>();
            metadata.forEach((key, value) -> strings.put(key, new Json.Str(value)));
            members.put(TensorFile.METADATA, new Json.Obj(strings));
        }
        var entries = new ArrayList<>(contents.tensors().entrySet());
        entries.sort(Comparator.comparingInt((Map.Entry<String, RawTensor> entry) -> -entry.getValue().dtype().bits())
                .thenComparing(Map.Entry::getKey));
        long offset = 0;
        for (Map.Entry<String, RawTensor> entry : entries) {
            RawTensor tensor = entry.getValue();
            long end = offset + tensor.byteCount();
            members.put(
                    entry.getKey(),
                    Json.object()
                            .with("dtype", tensor.dtype().safetensors())
                            .with("shape", Json.array(tensor.shape().dims()))
                            .with("data_offsets", Json.array(List.of(new Json.Int(offset), new Json.Int(end)))));
            order.add(tensor);
            offset = end;
        }
        this.dataLength = offset;
        this.head = head(new Json.Obj(members).compact());
        this.checksum = checksum;
    }

    /** The length of the file in bytes. */
    long byteCount() {
        return head.length + dataLength;
    }

    private static byte[] head(String json) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(text.length, ALIGNMENT) * ALIGNMENT;
        if (padded > SafeTensors.LONGEST_HEADER) {
            throw new IllegalArgumentException("a header of " + padded + " bytes: too many tensors or metadata");
        }
        ByteBuffer head = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(padded).put(text);
        while (head.hasRemaining()) {
            head.put((byte) ' ');
        }
        return head.array();
    }

    private void fillChecksum() {
        if (!checksum) {
            return;
        }
        // Inside a string its quotes would be escaped, so only the entry itself can look like this.
        byte[] mark = ("\"" + TensorFile.CHECKSUM_KEY + "\":\"").getBytes(StandardCharsets.UTF_8);
        int at = indexOf(mark) + mark.length;
        put(NO_CHECKSUM, at);
        var crc = new CRC32C();
        crc.update(head);
        for (RawTensor tensor : order) {
            crc.update(tensor.bytes());
        }
        put(HexFormat.of().toHexDigits((int) crc.getValue()), at);
    }

    private void put(String digits, int at) {
        System.arraycopy(digits.getBytes(StandardCharsets.US_ASCII), 0, head, at, digits.length());
    }

    private int indexOf(byte[] mark) {
        int at = Long.BYTES;
        while (!Arrays.equals(head, at, at + mark.length, mark, 0, mark.length)) {
            at++;
        }
        return at;
    }

    void writeTo(WritableByteChannel out) throws IOException {
        fillChecksum();
        out.write(ByteBuffer.wrap(head));
        for (RawTensor tensor : order) {
            out.write(tensor.bytes());
        }
    }

    byte[] toBytes() {
        fillChecksum();
        long length = byteCount();
        if (length > ByteInput.LONGEST_ARRAY) {
            throw new IllegalArgumentException(length + " bytes do not fit in one array: write the file to a path");
        }
        ByteBuffer out = ByteBuffer.allocate((int) length).put(head);
        for (RawTensor tensor : order) {
            out.put(tensor.bytes());
        }
        return out.array();
    }
}

package org.espalier.io;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.tensor.Shape;

/**
 * The header of a safetensors file, checked against the length of the elements that follow it.
 *
 * <p>Idea: walk through the JSON once and keep nothing but names, shapes and offsets; then sort the ranges and see that
 * each begins where the one before it ended. Invariant: a tensor's range lies inside the data and is as long as its
 * type and shape say, so its element count is bounded by the file. Cost: n log n for n tensors, memory about four times
 * the header at the worst.
 */
final class SafeTensorsHeader {

    private static final int LARGEST_RANK = 64;
    private static final int MOST_METADATA = 4_096;
    private static final String DTYPE = "dtype";
    private static final String SHAPE = "shape";
    private static final String OFFSETS = "data_offsets";
    private static final String[] MEMBERS = {TensorFile.METADATA};
    private static final String[] FIELDS = {DTYPE, SHAPE, OFFSETS};
    private static final DType[] TYPES = DType.values();
    private static final String[] DTYPES = new String[TYPES.length];

    static {
        for (int i = 0; i < TYPES.length; i++) {
            DTYPES[i] = TYPES[i].safetensors();
        }
    }

    private final JsonReader in;
    private final byte[] text;
    private final long dataLength;
    private final RawTensor.Block block = new RawTensor.Block();
    private final Map<String, RawTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private boolean metadataSeen;
    private String checksum;
    private int checksumAt;

    // The tensor being read.
    private String name;
    private long where;
    private DType dtype;
    private final int[] dims = new int[LARGEST_RANK];
    private int rank;
    private long begin;
    private long end;
    private Shape lastShape = Shape.of();

    /** Reads and checks {@code text}, which starts at offset 8 and is followed by {@code dataLength} bytes. */
    SafeTensorsHeader(String source, byte[] text, long dataLength) throws FormatException {
        this.in = new JsonReader(source, text, Long.BYTES);
        this.text = text;
        this.dataLength = dataLength;
        if (text.length == 0 || text[0] != '{') {
            throw in.expected("a header that begins with '{'");
        }
        in.beginObject();
        for (name = in.nextName(MEMBERS); name != null; name = in.nextName(MEMBERS)) {
            if (name.equals(TensorFile.METADATA)) {
                readMetadata();
            } else {
                readTensor();
            }
        }
        requirePadding();
        requireTiling();
    }

    Map<String, RawTensor> tensors() {
        return tensors;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    /** The block of all tensors, to be filled with the data. */
    RawTensor.Block block() {
        return block;
    }

    /** The checksum of the metadata, or null. */
    String checksum() {
        return checksum;
    }

    /** The index of the checksum's first digit in the text. */
    int checksumAt() {
        return checksumAt;
    }

    private void readMetadata() throws FormatException {
        if (metadataSeen) {
            throw in.problem(in.offset(), TensorFile.METADATA + " appears twice");
        }
        metadataSeen = true;
        in.beginObject();
        for (String key = in.nextName(); key != null; key = in.nextName()) {
            long at = in.offset();
            if (metadata.size() == MOST_METADATA) {
                throw in.problem(at, "more than " + MOST_METADATA + " metadata entries");
            }
            String value = in.string();
            boolean again = key.equals(TensorFile.CHECKSUM_KEY) ? checksum != null : metadata.containsKey(key);
            if (again) {
                throw in.problem(at, "metadata \"" + key + "\" appears twice");
            }
            if (key.equals(TensorFile.CHECKSUM_KEY)) {
                checksum = value;
                checksumAt = in.stringStart();
                if (!isChecksum(value) || in.position() - checksumAt != value.length() + 1) {
                    throw in.problem(at, "expected a checksum of 8 hexadecimal digits");
                }
            } else {
                metadata.put(key, value);
            }
        }
    }

    private static boolean isChecksum(String text) {
        boolean digits = text.length() == 8;
        for (int i = 0; digits && i < text.length(); i++) {
            digits = "0123456789abcdef".indexOf(text.charAt(i)) >= 0;
        }
        return digits;
    }

    private void readTensor() throws FormatException {
        where = in.offset();
        if (name.isEmpty()) {
            throw in.problem(where, "a tensor without a name");
        }
        readFields();
        long bytes = byteCount();
        if (begin > end || end > dataLength || end > ByteInput.LONGEST_ARRAY) {
            throw bad("lies at [" + begin + ", " + end + ") of " + dataLength + " bytes of elements");
        }
        if (end - begin != bytes) {
            throw bad("has " + (end - begin) + " bytes but its type and shape need " + bytes);
        }
        if (tensors.putIfAbsent(name, new RawTensor(dtype, shape(), block, (int) begin)) != null) {
            throw bad("appears twice");
        }
    }

    private FormatException bad(String what) {
        return in.problem(where, "tensor \"" + name + "\" " + what);
    }

    private void readFields() throws FormatException {
        dtype = null;
        rank = -1;
        begin = -1;
        in.beginObject();
        for (String field = in.nextName(FIELDS); field != null; field = in.nextName(FIELDS)) {
            boolean again =
                    switch (field) {
                        case DTYPE -> dtype != null;
                        case SHAPE -> rank >= 0;
                        case OFFSETS -> begin >= 0;
                        default -> throw in.problem(in.offset(), "unknown field \"" + field + "\" of a tensor");
                    };
            if (again) {
                throw in.problem(in.offset(), "field \"" + field + "\" appears twice");
            }
            switch (field) {
                case DTYPE -> readType();
                case SHAPE -> readShape();
                default -> readOffsets();
            }
        }
        if (dtype == null || rank < 0 || begin < 0) {
            throw in.problem(in.offset(), "a tensor needs the fields " + List.of(FIELDS));
        }
    }

    private void readType() throws FormatException {
        long at = in.offset();
        String code = in.string(DTYPES);
        // Not DType.ofSafeTensors: a header may have a million types, and this look-up allocates nothing.
        for (int i = 0; i < DTYPES.length; i++) {
            if (DTYPES[i].equals(code)) {
                dtype = TYPES[i];
            }
        }
        if (dtype == null) {
            throw in.problem(at, "unknown dtype \"" + code + "\"");
        }
    }

    private void readShape() throws FormatException {
        rank = 0;
        in.beginArray();
        while (in.nextElement()) {
            long at = in.offset();
            long dim = in.integer();
            if (rank == LARGEST_RANK) {
                throw in.problem(at, "a shape of more than " + LARGEST_RANK + " sizes");
            }
            if (dim < 0 || dim > Integer.MAX_VALUE) {
                throw in.problem(at, "a size of " + dim + "; sizes run from 0 to 2^31 - 1");
            }
            dims[rank++] = (int) dim;
        }
    }

    private void readOffsets() throws FormatException {
        in.beginArray();
        begin = offset();
        end = offset();
        if (in.nextElement()) {
            throw in.expected("the end of the two data_offsets");
        }
    }

    private long offset() throws FormatException {
        if (!in.nextElement()) {
            throw in.problem(in.offset(), "expected two data_offsets");
        }
        long at = in.offset();
        long offset = in.integer();
        if (offset < 0) {
            throw in.problem(at, "a negative data offset");
        }
        return offset;
    }

    private long byteCount() throws FormatException {
        try {
            long count = 1;
            for (int i = 0; i < rank; i++) {
                count = Math.multiplyExact(count, (long) dims[i]);
            }
            long bytes = dtype.bytesFor(count);
            if (bytes < 0) {
                throw bad("has " + count + " elements of type " + dtype + ": no whole bytes");
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw bad("has more bits than 64 bits can count");
        }
    }

    /** The shape just read; tensors in a row that are alike share one. */
    private Shape shape() throws FormatException {
        boolean same = lastShape.rank() == rank;
        for (int i = 0; same && i < rank; i++) {
            same = lastShape.dim(i) == dims[i];
        }
        if (!same) {
            try {
                lastShape = Shape.of(Arrays.copyOf(dims, rank));
            } catch (IllegalArgumentException e) {
                throw bad("has a shape this library cannot hold: " + e.getMessage());
            }
        }
        return lastShape;
    }

    private void requirePadding() throws FormatException {
        for (int i = in.position(); i < text.length; i++) {
            if (text[i] != ' ') {
                throw in.problem(Long.BYTES + i, "expected nothing but spaces between the object and the elements");
            }
        }
    }

    private void requireTiling() throws FormatException {
        var ranges = new long[tensors.size()];
        boolean ascending = true;
        int count = 0;
        for (RawTensor tensor : tensors.values()) {
            ranges[count] = range(tensor);
            ascending &= count == 0 || ranges[count - 1] <= ranges[count];
            count++;
        }
        // Most files are in order, and the first sort of a program takes longer than reading a small model.
        if (!ascending) {
            Arrays.sort(ranges);
        }
        int covered = 0;
        for (long range : ranges) {
            int first = (int) (range >> Integer.SIZE);
            if (first != covered) {
                String kind = first < covered ? "overlaps another tensor" : "leaves a gap before it";
                throw in.problem(
                        Long.BYTES + text.length + Math.min(covered, first),
                        "tensor \"" + nameOf(range) + "\" begins at " + first + " of the elements and " + kind
                                + ": expected " + covered);
            }
            covered = (int) range;
        }
        if (covered != dataLength) {
            throw in.problem(
                    Long.BYTES + text.length + covered,
                    "the tensors end after " + covered + " bytes of elements but the file has " + dataLength);
        }
    }

    /** Where a tensor begins and ends, as a number that sorts by the one and then the other. */
    private static long range(RawTensor tensor) {
        return (long) tensor.begin() << Integer.SIZE | tensor.end();
    }

    private String nameOf(long range) {
        for (Map.Entry<String, RawTensor> entry : tensors.entrySet()) {
            if (range(entry.getValue()) == range) {
                return entry.getKey();
            }
        }
        throw new AssertionError("a tensor of the header");
    }
}

package org.espalier.nn.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.tensor.Shape;

/**
 * Reads one tensor: its elements as raw bytes, in the typed fields, or in a file beside the model. A type that this
 * library does not compute with is no error as long as nobody uses the tensor; a damaged tensor is.
 */
final class TensorReader {
    private static final int LARGEST_RANK = 8;
    private static final int STRING = 8;
    /** Typed integers may grow from one byte in the file to eight: the most bytes of them. */
    private static final int MOST_GROWN = 1 << 18;

    private final ExternalData external;
    private String name = "";
    private long type;
    private final long[] dims = new long[LARGEST_RANK];
    private int rank;
    private ByteBuffer raw;

    /** Elements of a typed field, little-endian; null if there is none. */
    private ByteBuffer typed;
    private int typedField;

    private boolean isExternal;
    private String location = "";
    private long offset;
    private long length = -1;
    private long packed;

    TensorReader(ExternalData external) {
        this.external = external;
    }

    String name() {
        return name;
    }

    OnnxGraph.Held read(ProtoReader in) throws FormatException {
        long begin = in.offset();
        // the elements may stand before the type that tells how wide they are
        var header = in.again();
        while (header.next()) {
            switch (header.field()) {
                case OnnxProto.TensorData.NAME -> name = header.text();
                case OnnxProto.TensorData.TYPE -> type = header.integer();
                default -> {}
            }
        }
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.TensorData.DIMS -> in.integers(dim -> dim(dim, in));
                case OnnxProto.TensorData.RAW -> raw = in.bytes();
                case OnnxProto.TensorData.FLOATS -> add(in, in.fixedBytes(Float.BYTES));
                case OnnxProto.TensorData.DOUBLES -> add(in, in.fixedBytes(Double.BYTES));
                case OnnxProto.TensorData.INT32S, OnnxProto.TensorData.INT64S, OnnxProto.TensorData.UINT64S ->
                        addIntegers(in);
                case OnnxProto.TensorData.SEGMENT -> throw in.problem(
                        "tensor \"" + name + "\" is one segment of several, which no exporter writes");
                case OnnxProto.TensorData.EXTERNAL -> external(in.message());
                case OnnxProto.TensorData.LOCATION -> isExternal = in.integer() != 0;
                default -> {}
            }
        }
        return held(begin, in);
    }

    private void dim(long dim, ProtoReader in) throws FormatException {
        if (rank == LARGEST_RANK || dim < 0 || dim > Integer.MAX_VALUE) {
            throw in.problem("a size of " + dim + " as number " + (rank + 1) + " of a tensor's sizes");
        }
        dims[rank++] = dim;
    }

    private void external(ProtoReader in) throws FormatException {
        var key = "";
        var value = "";
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Entry.KEY -> key = in.text();
                case OnnxProto.Entry.VALUE -> value = in.text();
                default -> {}
            }
        }
        switch (key) {
            case "location" -> location = value;
            case "offset" -> offset = number(in, value);
            case "length" -> length = number(in, value);
            default -> {}
        }
    }

    private static long number(ProtoReader in, String text) throws FormatException {
        try {
            return Long.parseUnsignedLong(text) & Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw in.problem("\"" + text + "\" as a place in a file of external data");
        }
    }

    private void sameField(ProtoReader in) throws FormatException {
        if (typed != null && typedField != in.field()) {
            throw in.problem("tensor \"" + name + "\" has elements in two fields");
        }
        typedField = in.field();
    }

    private void add(ProtoReader in, ByteBuffer more) throws FormatException {
        sameField(in);
        if (typed == null) {
            typed = more;
            return;
        }
        room(more.remaining());
        typed.put(more.duplicate());
    }

    /** Makes the typed elements a buffer of our own with room for more bytes. */
    private void room(int more) {
        int used = typed == null ? 0 : typed.isReadOnly() ? typed.remaining() : typed.position();
        if (typed == null || typed.isReadOnly() || typed.remaining() < more) {
            var larger = ByteBuffer.allocate(Math.max(64, Math.addExact(used, Math.max(more, used / 2))))
                    .order(ByteOrder.LITTLE_ENDIAN);
            if (typed != null) {
                larger.put(typed.isReadOnly() ? typed : typed.duplicate().flip());
            }
            typed = larger;
        }
    }

    /** Integers of variable length, widened or narrowed to what the element type takes. */
    private void addIntegers(ProtoReader in) throws FormatException {
        sameField(in);
        in.integers(number -> {
            packed++;
            int width = width();
            int grown = width * (int) Math.min(packed, MOST_GROWN);
            if (grown > MOST_GROWN && width > 2) {
                throw in.problem("tensor \"" + name + "\" has more than " + MOST_GROWN
                        + " bytes of integers in a typed field: store it as raw_data");
            }
            room(width);
            for (int b = 0; b < width; b++) {
                typed.put((byte) (number >> 8 * b));
            }
        });
    }

    private int width() {
        return DType.ofOnnx(Math.clamp(type, 0, Integer.MAX_VALUE))
                .filter(DType::isDecodable)
                .map(DType::bytes)
                .orElse(Integer.BYTES);
    }

    private OnnxGraph.Held held(long begin, ProtoReader in) throws FormatException {
        var known = DType.ofOnnx(Math.clamp(type, 0, Integer.MAX_VALUE));
        if (known.isEmpty() || !known.get().isDecodable()) {
            if (type < 1 || type > 64) {
                throw in.problem("tensor \"" + name + "\" has the unknown type " + type);
            }
            return new OnnxGraph.Held(begin, null, type == STRING
                    ? "it holds strings, which this library does not compute with"
                    : "its element type, number " + type + ", is not supported");
        }
        var dtype = known.get();
        int[] sizes = Arrays.stream(dims, 0, rank).mapToInt(Math::toIntExact).toArray();
        try {
            long count = 1;
            for (int size : sizes) {
                count = Math.multiplyExact(count, (long) size);
            }
            if (typed != null && !fits(dtype, typedField)) {
                throw in.problem("tensor \"" + name + "\" of " + dtype + " has its elements in field " + typedField
                        + ", which is for another type");
            }
            var bytes = elements(begin, in);
            if (dtype.bytesFor(count) != bytes.remaining()) {
                throw in.problem("tensor \"" + name + "\" has " + bytes.remaining() + " bytes of elements but "
                        + dtype + Arrays.toString(sizes) + " needs " + dtype.bytesFor(count));
            }
            return new OnnxGraph.Held(begin, Constant.of(dtype, Shape.of(sizes), bytes), null);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw in.problem("tensor \"" + name + "\" has sizes " + Arrays.toString(sizes)
                    + " that this library cannot hold");
        }
    }

    private static boolean fits(DType type, int field) {
        return switch (type) {
            case F32 -> field == OnnxProto.TensorData.FLOATS;
            case F64 -> field == OnnxProto.TensorData.DOUBLES;
            case I64 -> field == OnnxProto.TensorData.INT64S;
            case U32, U64 -> field == OnnxProto.TensorData.UINT64S;
            default -> field == OnnxProto.TensorData.INT32S;
        };
    }

    private ByteBuffer elements(long begin, ProtoReader in) throws FormatException {
        if (typed != null && (raw != null || isExternal)) {
            throw in.problem("tensor \"" + name + "\" has elements in two fields");
        }
        if (isExternal) {
            return external.bytes(begin, name, location, offset, length);
        }
        if (typed != null) {
            return typed.isReadOnly() ? typed : typed.duplicate().flip();
        }
        return raw == null ? ByteBuffer.allocate(0) : raw;
    }
}

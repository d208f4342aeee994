package org.espalier.nn.onnx.operator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.espalier.io.DType;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A constant of a graph: elements of one type, as the file holds them, decoded when asked for. The bytes are a view of
 * the file, so a constant that nobody needs costs nothing.
 */
public final class Constant implements Operand {
    private final DType type;
    private final Shape shape;
    private final ByteBuffer bytes;

    private Constant(DType type, Shape shape, ByteBuffer bytes) {
        this.type = type;
        this.shape = shape;
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The constant with these bytes, row-major and little-endian; not copied.
     *
     * @throws IllegalArgumentException if elements of this type cannot be decoded, or their number does not fit
     */
    public static Constant of(DType type, Shape shape, ByteBuffer bytes) {
        if (!type.isDecodable() || type.bytesFor(shape.size()) != bytes.remaining()) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes are no " + type + shape);
        }
        return new Constant(type, shape, bytes);
    }

    /** The values of a tensor, as another type that holds them exactly: integers, booleans or float32. */
    public static Constant of(DType type, Tensor tensor) {
        float[] values = Storage.array(tensor);
        if (type == DType.F32) {
            return floats(tensor.shape(), values);
        }
        var integers = new long[values.length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (long) values[i];
        }
        return integers(type, tensor.shape(), integers);
    }

    /** Floats. */
    public static Constant floats(Shape shape, float... values) {
        var bytes = little(4 * values.length);
        bytes.asFloatBuffer().put(values);
        return new Constant(DType.F32, shape, bytes);
    }

    /** Integers or booleans; the caller has checked their range. */
    public static Constant integers(DType type, Shape shape, long... values) {
        int width = type.bytes();
        var bytes = little(width * values.length);
        for (int i = 0; i < values.length; i++) {
            for (int b = 0; b < width; b++) {
                bytes.put(i * width + b, (byte) (values[i] >> 8 * b));
            }
        }
        return new Constant(type, shape, bytes);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public DType type() {
        return type;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    /** How many bytes the elements take. */
    public int byteCount() {
        return bytes.remaining();
    }

    /** A view of the elements. */
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The elements as float32, rounded to the nearest; throws if an integer has no float32. */
    @Override
    public Tensor tensor() {
        var values = new float[shape.size()];
        if (type == DType.F32) {
            bytes.asFloatBuffer().get(values);
        } else {
            for (int i = 0; i < values.length; i++) {
                values[i] = element(i);
            }
        }
        return Storage.adopt(shape, values);
    }

    /** The transposed matrix, without the detour over the matrix. */
    public Tensor transposed() {
        int rows = shape.dim(0);
        int columns = shape.dim(1);
        var values = new float[shape.size()];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[j * rows + i] = element(i * columns + j);
            }
        }
        return Storage.adopt(Shape.of(columns, rows), values);
    }

    private float element(int i) {
        return switch (type) {
            case F32 -> bytes.getFloat(4 * i);
            case F64 -> (float) bytes.getDouble(8 * i);
            case F16 -> Float.float16ToFloat(bytes.getShort(2 * i));
            case BF16 -> Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
            default -> exact(integer(i));
        };
    }

    private static float exact(long integer) {
        float value = integer;
        if ((long) value != integer || integer == Long.MAX_VALUE) {
            throw new IllegalArgumentException("the integer " + integer + " has no exact float32");
        }
        return value;
    }

    private long integer(int i) {
        return switch (type) {
            case BOOL -> bytes.get(i) == 0 ? 0 : 1;
            case I8 -> bytes.get(i);
            case U8 -> bytes.get(i) & 0xFF;
            case I16 -> bytes.getShort(2 * i);
            case U16 -> bytes.getShort(2 * i) & 0xFFFF;
            case I32 -> bytes.getInt(4 * i);
            case U32 -> bytes.getInt(4 * i) & 0xFFFF_FFFFL;
            case I64, U64 -> bytes.getLong(8 * i);
            default -> throw new IllegalArgumentException("elements of type " + type + " are not integers");
        };
    }

    @Override
    public long[] integers() {
        var values = new long[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = integer(i);
            if (type == DType.U64 && values[i] < 0) {
                throw new IllegalArgumentException("element " + i + " does not fit in a signed 64-bit integer");
            }
        }
        return values;
    }

    /** The elements at these places, in another shape. */
    public Constant gathered(Shape to, int... places) {
        int width = type.bytes();
        var chosen = little(width * places.length);
        for (int i = 0; i < places.length; i++) {
            for (int b = 0; b < width; b++) {
                chosen.put(i * width + b, bytes.get(places[i] * width + b));
            }
        }
        return new Constant(type, to, chosen);
    }

    /** The same with elements of float32 if they are floats of another type. */
    public Constant asFloat32() {
        return type.isFloat() && type != DType.F32 ? of(DType.F32, tensor()) : this;
    }

    /** These bytes behind one another; all of one type. */
    public static Constant chained(List<Constant> parts) {
        int size = 0;
        int elements = 0;
        for (var part : parts) {
            size = Math.addExact(size, part.byteCount());
            elements += part.shape.size();
        }
        var all = little(size);
        for (var part : parts) {
            all.put(part.bytes());
        }
        return new Constant(parts.getFirst().type, Shape.of(elements), all.flip());
    }

    @Override
    public String toString() {
        return type + shape.toString();
    }
}

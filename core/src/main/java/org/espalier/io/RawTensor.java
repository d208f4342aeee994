package org.espalier.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * An array as a file holds it: an element type, a shape and the bytes, row-major and little-endian. An immutable value;
 * numbers are decoded when asked for. Equal means the same type, shape and bytes.
 */
public final class RawTensor {

    /**
     * Where the bytes of one or more tensors lie. It is filled once, before the first of its tensors is handed out: so
     * a reader can check every tensor of a file before it allocates anything of their size.
     */
    static final class Block {
        private byte[] bytes;

        void fill(byte[] all) {
            bytes = all;
        }
    }

    private final DType dtype;
    private final Shape shape;
    private final Block block;
    private final int begin;

    /** For readers: the caller has checked the type, the shape and that they fit into the block. */
    RawTensor(DType dtype, Shape shape, Block block, int begin) {
        this.dtype = dtype;
        this.shape = shape;
        this.block = block;
        this.begin = begin;
    }

    /** A tensor around an array that is not written to any more. */
    static RawTensor adopt(DType dtype, Shape shape, byte[] bytes) {
        if (dtype.bytesFor(shape.size()) != bytes.length) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes cannot be the elements of a " + dtype + " tensor of shape " + shape);
        }
        var block = new Block();
        block.fill(bytes);
        return new RawTensor(dtype, shape, block, 0);
    }

    /**
     * The tensor with these bytes.
     *
     * @param dtype element type
     * @param shape sizes
     * @param bytes the elements, row-major and little-endian; copied
     * @return the tensor
     * @throws IllegalArgumentException if the number of bytes is not that of the elements
     */
    public static RawTensor ofBytes(DType dtype, Shape shape, byte... bytes) {
        return adopt(dtype, shape, bytes.clone());
    }

    /**
     * The float32 tensor with these values.
     *
     * @param tensor the values
     * @return the same as F32
     */
    public static RawTensor of(Tensor tensor) {
        return ofFloats(DType.F32, tensor.shape(), Storage.array(tensor));
    }

    /**
     * Rounds floats to a floating-point type, half to even.
     *
     * @param dtype F32, F64, F16 or BF16
     * @param shape sizes
     * @param values the elements, row-major
     * @return the tensor
     * @throws IllegalArgumentException if the type is another, or the number of values is not the shape's size
     */
    public static RawTensor ofFloats(DType dtype, Shape shape, float... values) {
        requireCount(shape, values.length);
        return adopt(dtype, shape, Elements.encode(dtype, values));
    }

    /**
     * The F64 tensor with these values.
     *
     * @param shape sizes
     * @param values the elements, row-major
     * @return the tensor
     * @throws IllegalArgumentException if the number of values is not the shape's size
     */
    public static RawTensor ofDoubles(Shape shape, double... values) {
        requireCount(shape, values.length);
        var bytes = new byte[Math.multiplyExact(values.length, Double.BYTES)];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
        return adopt(DType.F64, shape, bytes);
    }

    /**
     * An integer tensor with these values.
     *
     * @param dtype I8 to I64 or U8 to U64
     * @param shape sizes
     * @param values the elements, row-major
     * @return the tensor
     * @throws IllegalArgumentException if the type is no integer type, if a value is beyond its range, or if the number
     *     of values is not the shape's size
     */
    public static RawTensor ofLongs(DType dtype, Shape shape, long... values) {
        requireCount(shape, values.length);
        return adopt(dtype, shape, Elements.encode(dtype, values.length, i -> values[i]));
    }

    /**
     * An integer tensor with these values.
     *
     * @param dtype I8 to I64 or U8 to U64
     * @param shape sizes
     * @param values the elements, row-major
     * @return the tensor
     * @throws IllegalArgumentException if the type is no integer type, if a value is beyond its range, or if the number
     *     of values is not the shape's size
     */
    public static RawTensor ofInts(DType dtype, Shape shape, int... values) {
        requireCount(shape, values.length);
        return adopt(dtype, shape, Elements.encode(dtype, values.length, i -> values[i]));
    }

    /**
     * The BOOL tensor with these values.
     *
     * @param shape sizes
     * @param values the elements, row-major
     * @return the tensor
     * @throws IllegalArgumentException if the number of values is not the shape's size
     */
    public static RawTensor ofBooleans(Shape shape, boolean... values) {
        requireCount(shape, values.length);
        var bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        return adopt(DType.BOOL, shape, bytes);
    }

    private static void requireCount(Shape shape, int count) {
        if (count != shape.size()) {
            throw new IllegalArgumentException(count + " values given for shape " + shape);
        }
    }

    /**
     * The element type.
     *
     * @return the type
     */
    public DType dtype() {
        return dtype;
    }

    /**
     * The sizes.
     *
     * @return the shape
     */
    public Shape shape() {
        return shape;
    }

    /**
     * How many bytes the elements take.
     *
     * @return bytes
     */
    public int byteCount() {
        return (int) dtype.bytesFor(shape.size());
    }

    /**
     * The elements as they are in the file.
     *
     * @return a read-only view, row-major, in little-endian order
     */
    public ByteBuffer bytes() {
        ByteBuffer view = ByteBuffer.wrap(block.bytes, begin, byteCount()).slice();
        return view.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The index of the first byte in the block. */
    int begin() {
        return begin;
    }

    /** The index after the last byte in the block. */
    int end() {
        return begin + byteCount();
    }

    /**
     * The elements as float32: exact for types of up to 24 significant bits, else the nearest; booleans become 0 and 1.
     *
     * @return a fresh array, row-major
     * @throws IllegalStateException if elements of this type cannot be decoded
     */
    public float[] toFloats() {
        return Elements.floats(dtype, bytes());
    }

    /**
     * The elements as float64: exact for all but the 64-bit integers.
     *
     * @return a fresh array, row-major
     * @throws IllegalStateException if elements of this type cannot be decoded
     */
    public double[] toDoubles() {
        return Elements.doubles(dtype, bytes());
    }

    /**
     * The elements of an integer or boolean tensor.
     *
     * @return a fresh array, row-major
     * @throws IllegalStateException if the type is another
     * @throws ArithmeticException if an unsigned 64-bit element does not fit
     */
    public long[] toLongs() {
        return Elements.longs(dtype, bytes());
    }

    /**
     * The elements of an integer or boolean tensor.
     *
     * @return a fresh array, row-major
     * @throws IllegalStateException if the type is another
     * @throws ArithmeticException if an element does not fit
     */
    public int[] toInts() {
        return Elements.ints(dtype, bytes());
    }

    /**
     * The elements of an integer or boolean tensor; everything but zero is true.
     *
     * @return a fresh array, row-major
     * @throws IllegalStateException if the type is another
     */
    public boolean[] toBooleans() {
        return Elements.booleans(dtype, bytes());
    }

    /**
     * The elements as a tensor of this shape, converted like {@link #toFloats()}.
     *
     * @return the tensor
     * @throws IllegalStateException if elements of this type cannot be decoded
     */
    public Tensor toTensor() {
        return Storage.adopt(shape, toFloats());
    }

    /**
     * A column of a matrix: of labels [n, 8], as some IDX files have them, the one that is wanted.
     *
     * @param column its index
     * @return the elements of the column, [rows]
     * @throws IllegalArgumentException if this is no matrix with such a column, or elements share bytes
     */
    public RawTensor column(int column) {
        if (shape.rank() != 2 || column < 0 || column >= shape.dim(1) || dtype.bits() % Byte.SIZE != 0) {
            throw new IllegalArgumentException("no column " + column + " in " + this);
        }
        int width = dtype.bytes();
        var bytes = new byte[shape.dim(0) * width];
        for (int row = 0; row < shape.dim(0); row++) {
            System.arraycopy(block.bytes, begin + (row * shape.dim(1) + column) * width, bytes, row * width, width);
        }
        return adopt(dtype, Shape.of(shape.dim(0)), bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawTensor that
                && dtype == that.dtype
                && shape.equals(that.shape)
                && Arrays.equals(block.bytes, begin, end(), that.block.bytes, that.begin, that.end());
    }

    @Override
    public int hashCode() {
        return Objects.hash(dtype, shape, bytes());
    }

    @Override
    public String toString() {
        return dtype + " " + shape;
    }
}

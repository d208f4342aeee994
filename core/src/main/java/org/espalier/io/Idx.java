package org.espalier.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.espalier.tensor.Shape;

/**
 * The IDX format, in which MNIST and its relatives come; plain or compressed with gzip, told apart by the first bytes.
 *
 * <pre>
 *   2 bytes   zero
 *   1 byte    element type: 08 U8, 09 I8, 0B I16, 0C I32, 0D F32, 0E F64
 *   1 byte    rank r
 *   4r bytes  the sizes, big-endian
 *   the rest  the elements, big-endian, row-major
 * </pre>
 *
 * <p>The elements come as they are: images of unsigned bytes are 0 to 255, for the caller to scale. The number of
 * elements must be that of the sizes, to the byte; a compressed file may inflate to {@link #LARGEST} bytes at most.
 *
 * <p>Source: the file format description on the MNIST home page of LeCun, Cortes and Burges.
 */
public final class Idx {

    /** Most bytes that a compressed file, or one of unknown length, may have when inflated. */
    public static final long LARGEST = 1L << 30;

    private static final int LARGEST_RANK = 64;

    private Idx() {}

    /**
     * Reads a file.
     *
     * @param path the file, plain or gzip
     * @return the array
     * @throws FormatException if anything in it is not as the format says
     * @throws IOException if it cannot be read
     */
    public static RawTensor read(Path path) throws IOException {
        try (ByteInput in = ByteInput.openInflating(path, LARGEST)) {
            return read(in);
        }
    }

    /**
     * Reads a stream, such as a resource, to its end.
     *
     * @param name what to call it in exceptions
     * @param stream the bytes, plain or gzip; not closed
     * @return the array
     * @throws FormatException if anything in it is not as the format says
     * @throws IOException if it cannot be read
     */
    public static RawTensor read(String name, InputStream stream) throws IOException {
        return read(ByteInput.inflating(name, stream, ByteInput.UNKNOWN, LARGEST));
    }

    /**
     * Reads a file held in memory.
     *
     * @param file its bytes, plain or gzip
     * @return the array
     * @throws FormatException if anything in it is not as the format says
     */
    public static RawTensor read(byte[] file) throws FormatException {
        return InMemory.read(
                () -> read(ByteInput.inflating("IDX bytes", new ByteArrayInputStream(file), file.length, LARGEST)));
    }

    private static RawTensor read(ByteInput in) throws IOException {
        byte[] head = in.head();
        if (head.length < 2 || head[0] != 0 || head[1] != 0) {
            throw FileKind.mismatch(in.source(), head, "an IDX file");
        }
        byte[] magic = in.take(4, "magic number");
        DType type = typeOf(magic[2], in);
        int rank = magic[3] & 0xFF;
        if (rank > LARGEST_RANK) {
            throw in.problem(3, "a rank of " + rank + "; the limit is " + LARGEST_RANK);
        }
        ByteBuffer sizes = ByteBuffer.wrap(in.take(4L * rank, "sizes"));
        var dims = new int[rank];
        for (int i = 0; i < rank; i++) {
            dims[i] = sizes.getInt();
            if (dims[i] < 0) {
                throw in.problem(4 + 4L * i, "a size of " + Integer.toUnsignedString(dims[i]));
            }
        }
        Shape shape = shapeOf(dims, in);
        byte[] elements = in.take(type.bytesFor(shape.size()), "elements of shape " + shape);
        in.expectEnd("the elements of shape " + shape);
        Elements.swap(elements, type.bytes());
        return RawTensor.adopt(type, shape, elements);
    }

    private static DType typeOf(byte code, ByteInput in) throws FormatException {
        return switch (code) {
            case 0x08 -> DType.U8;
            case 0x09 -> DType.I8;
            case 0x0B -> DType.I16;
            case 0x0C -> DType.I32;
            case 0x0D -> DType.F32;
            case 0x0E -> DType.F64;
            default -> throw in.problem(2, "element type 0x" + Integer.toHexString(code & 0xFF) + " is unknown");
        };
    }

    private static Shape shapeOf(int[] dims, ByteInput in) throws FormatException {
        try {
            return Shape.of(dims);
        } catch (IllegalArgumentException e) {
            throw new FormatException(in.source(), 4, "sizes this library cannot hold: " + e.getMessage(), e);
        }
    }

    /**
     * The bytes of a plain file.
     *
     * @param tensor an array of one of the format's six types
     * @return the file's bytes
     * @throws IllegalArgumentException if the type is another, or the rank is above 64
     */
    public static byte[] toBytes(RawTensor tensor) {
        int code =
                switch (tensor.dtype()) {
                    case U8 -> 0x08;
                    case I8 -> 0x09;
                    case I16 -> 0x0B;
                    case I32 -> 0x0C;
                    case F32 -> 0x0D;
                    case F64 -> 0x0E;
                    default -> throw new IllegalArgumentException("IDX has no elements of type " + tensor.dtype());
                };
        int rank = tensor.shape().rank();
        if (rank > LARGEST_RANK) {
            throw new IllegalArgumentException("a rank of " + rank + "; the limit is " + LARGEST_RANK);
        }
        var elements = new byte[tensor.byteCount()];
        tensor.bytes().get(elements);
        Elements.swap(elements, tensor.dtype().bytes());
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(4 + 4 * rank, elements.length));
        out.put((byte) 0).put((byte) 0).put((byte) code).put((byte) rank);
        for (int dim : tensor.shape().dims()) {
            out.putInt(dim);
        }
        return out.put(elements).array();
    }
}

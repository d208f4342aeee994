package org.espalier.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.espalier.tensor.Shape;

/**
 * The NPY format: one NumPy array in a file.
 *
 * {@snippet :
 * import org.espalier.tensor.Tensor;
 * Path path = Files.createTempFile("array", ".npy");
 * Npy.write(path, RawTensor.of(Tensor.matrix(new float[] {1, 2}, new float[] {3, 4})));
 * Tensor back = Npy.read(path).toTensor();
 * }
 *
 * <pre>
 *   6 bytes       0x93 "NUMPY"
 *   2 bytes       version, 1.0 to 3.0
 *   2 or 4 bytes  N, little-endian; 2 in version 1
 *   N bytes       {'descr': '&lt;f4', 'fortran_order': False, 'shape': (2, 3), }, padded with spaces, '\n' at the end
 *   the rest      the elements
 * </pre>
 *
 * <p>Booleans, integers of 8 to 64 bits and floats of 16 to 64 bits are read in either byte order, arrays in Fortran
 * order are put into row-major order. Objects (which NumPy would unpickle, that is, execute), structures, strings,
 * dates and complex numbers are refused. Written files are little-endian, row-major, of version 1.0, with their
 * elements at a multiple of 64 bytes, as NumPy writes them.
 *
 * <p>Source: the format description in {@code numpy.lib.format}.
 */
public final class Npy {

    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final int ALIGNMENT = 64;

    private Npy() {}

    /**
     * Reads a file.
     *
     * @param path the file
     * @return the array, row-major
     * @throws FormatException if anything in it is not as the format says, or it holds what is not read
     * @throws IOException if it cannot be read
     */
    public static RawTensor read(Path path) throws IOException {
        try (ByteInput in = ByteInput.open(path)) {
            return read(in);
        }
    }

    /**
     * Reads a file held in memory.
     *
     * @param file its bytes
     * @return the array, row-major
     * @throws FormatException if anything in it is not as the format says, or it holds what is not read
     */
    public static RawTensor read(byte[] file) throws FormatException {
        return InMemory.read(() -> read(ByteInput.of("NPY bytes", file)));
    }

    /** Reads to the end of the input. */
    static RawTensor read(ByteInput in) throws IOException {
        byte[] start = in.takeUpTo(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw in.mismatch(start, "a NumPy array (.npy)");
        }
        int major = start[MAGIC.length];
        int minor = start[MAGIC.length + 1];
        if (major < 1 || major > 3 || minor != 0) {
            throw in.problem(MAGIC.length, "version " + major + "." + minor + "; versions 1.0, 2.0 and 3.0 are read");
        }
        int prefix = major == 1 ? Short.BYTES : Integer.BYTES;
        long length = 0;
        byte[] digits = in.take(prefix, "header length");
        for (int i = prefix - 1; i >= 0; i--) {
            length = length << Byte.SIZE | digits[i] & 0xFF;
        }
        if (length > NpyHeader.LONGEST) {
            throw in.problem(8, "a header of " + length + " bytes; the limit is " + NpyHeader.LONGEST);
        }
        long offset = in.offset();
        var header = NpyHeader.parse(in.source(), in.take(length, "header"), offset);
        Shape shape = header.shape();
        byte[] elements = in.take(header.type().bytesFor(shape.size()), "elements of shape " + shape);
        in.expectEnd("the elements of shape " + shape);
        int width = header.type().bytes();
        if (header.bigEndian()) {
            Elements.swap(elements, width);
        }
        boolean reorder = header.fortranOrder() && shape.rank() > 1;
        return RawTensor.adopt(header.type(), shape, reorder ? rowMajor(elements, shape, width) : elements);
    }

    /** Elements whose first index runs fastest, put in the order in which the last one does. */
    private static byte[] rowMajor(byte[] from, Shape shape, int width) {
        int rank = shape.rank();
        int[] dims = shape.dims();
        var strides = new int[rank];
        int stride = width;
        for (int axis = 0; axis < rank; axis++) {
            strides[axis] = stride;
            stride *= dims[axis];
        }
        var to = new byte[from.length];
        var index = new int[rank];
        int source = 0;
        for (int at = 0; at < to.length; at += width) {
            System.arraycopy(from, source, to, at, width);
            for (int axis = rank - 1; axis >= 0; axis--) {
                source += strides[axis];
                if (++index[axis] < dims[axis]) {
                    break;
                }
                source -= strides[axis] * dims[axis];
                index[axis] = 0;
            }
        }
        return to;
    }

    /**
     * Writes a file, replacing an old one in one step.
     *
     * @param path the file
     * @param tensor an array of a type that NumPy has
     * @throws SaveException if it cannot be written; it says which contents the file has
     * @throws IOException if the path is no file name
     * @throws IllegalArgumentException if NumPy has no such type
     */
    public static void write(Path path, RawTensor tensor) throws IOException {
        byte[] header = header(tensor);
        AtomicFile.write(path, out -> {
            out.write(ByteBuffer.wrap(header));
            out.write(tensor.bytes());
        });
    }

    /**
     * The bytes of a file.
     *
     * @param tensor an array of a type that NumPy has
     * @return the file's bytes
     * @throws IllegalArgumentException if NumPy has no such type
     */
    public static byte[] toBytes(RawTensor tensor) {
        byte[] header = header(tensor);
        int length = Math.addExact(header.length, tensor.byteCount());
        return ByteBuffer.allocate(length).put(header).put(tensor.bytes()).array();
    }

    private static byte[] header(RawTensor tensor) {
        byte[] text = NpyHeader.print(tensor.dtype(), tensor.shape()).getBytes(StandardCharsets.US_ASCII);
        int start = MAGIC.length + 2 + Short.BYTES;
        int end = Math.ceilDiv(start + text.length + 1, ALIGNMENT) * ALIGNMENT;
        if (end - start > NpyHeader.LONGEST) {
            throw new IllegalArgumentException("a shape of rank " + tensor.shape().rank() + " is too long for NPY");
        }
        ByteBuffer header = ByteBuffer.allocate(end).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC);
        header.put((byte) 1).put((byte) 0).putShort((short) (end - start)).put(text);
        while (header.position() < end - 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').array();
    }
}

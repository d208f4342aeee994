package org.espalier.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The safetensors format: a length, a JSON header, and the elements of all tensors without gaps.
 *
 * {@snippet :
 * import org.espalier.tensor.Tensor;
 * Path path = Files.createTempFile("weights", ".safetensors");
 * SafeTensors.write(path, TensorFile.of(Map.of("w", RawTensor.of(Tensor.vector(1, 2))), Map.of("by", "hand")));
 * Tensor w = SafeTensors.read(path).tensor("w");
 * }
 *
 * <pre>
 *   8 bytes   N, the length of the header, little-endian
 *   N bytes   {"__metadata__": {…}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}
 *   the rest  the elements, little-endian and row-major; every byte belongs to exactly one tensor
 * </pre>
 *
 * <p>Reading checks all of it before it allocates room for the elements, and refuses what it does not know. Writing
 * gives the same bytes for equal contents: tensors by element size, largest first, then by name; metadata by key; the
 * header padded with spaces so that the elements start at a multiple of 8.
 *
 * <p>The format has no checksum of its own. Files written here carry one in the metadata, where any other reader
 * ignores it: under {@link TensorFile#CHECKSUM_KEY} the CRC-32C, in 8 hexadecimal digits, of the whole file with those
 * digits replaced by zeros. Every flipped bit and every damaged run of up to 32 bits changes it. A program that edits
 * such a file must remove the entry.
 *
 * <p>A file of up to 2³¹ − 9 bytes of elements is read; memory for it is its length plus its header's.
 *
 * <p>Source: the format description and the reference reader of the safetensors project.
 */
public final class SafeTensors {

    /** What a reader does about the checksum. */
    public enum Checksum {
        /** A file without one is refused. */
        REQUIRED,
        /** Verified where there is one. */
        WHEN_PRESENT,
        /** Not looked at: for files that another program changed. */
        IGNORED
    }

    /** Longest header, in bytes: the limit of the reference reader. */
    public static final int LONGEST_HEADER = 100_000_000;

    private SafeTensors() {}

    /**
     * Reads a file and verifies its checksum if it has one.
     *
     * @param path the file
     * @return its contents
     * @throws FormatException if anything in it is not as the format says
     * @throws IOException if it cannot be read
     */
    public static TensorFile read(Path path) throws IOException {
        return read(path, Checksum.WHEN_PRESENT);
    }

    /**
     * Reads a file.
     *
     * @param path the file
     * @param checksum what to do about its checksum
     * @return its contents
     * @throws FormatException if anything in it is not as the format says
     * @throws IOException if it cannot be read
     */
    public static TensorFile read(Path path, Checksum checksum) throws IOException {
        try (ByteInput in = ByteInput.open(path)) {
            return read(in, checksum);
        }
    }

    /**
     * Reads a file held in memory and verifies its checksum if it has one.
     *
     * @param file its bytes; copied
     * @return its contents
     * @throws FormatException if anything in it is not as the format says
     */
    public static TensorFile read(byte[] file) throws FormatException {
        return read(file, Checksum.WHEN_PRESENT);
    }

    /**
     * Reads a file held in memory.
     *
     * @param file its bytes; copied
     * @param checksum what to do about its checksum
     * @return its contents
     * @throws FormatException if anything in it is not as the format says
     */
    public static TensorFile read(byte[] file, Checksum checksum) throws FormatException {
        return InMemory.read(() -> read(ByteInput.of("safetensors bytes", file), checksum));
    }

    /**
     * Reads a file held in a buffer and verifies its checksum if it has one.
     *
     * @param file its bytes from position to limit; copied, the position stays
     * @return its contents
     * @throws FormatException if anything in it is not as the format says
     */
    public static TensorFile read(ByteBuffer file) throws FormatException {
        var bytes = new byte[file.remaining()];
        file.get(file.position(), bytes);
        return read(bytes);
    }

    /**
     * Writes a file with a checksum, replacing an old one in one step: after a crash there is the old or the new file.
     *
     * @param path the file
     * @param contents what to write
     * @throws SaveException if it cannot be written; it says which contents the file has
     * @throws IOException if the path is no file name
     */
    public static void write(Path path, TensorFile contents) throws IOException {
        var layout = new SafeTensorsLayout(contents, true);
        AtomicFile.write(path, layout::writeTo);
    }

    /**
     * The bytes of a file with a checksum.
     *
     * @param contents what to write
     * @return the file's bytes
     * @throws IllegalArgumentException if they do not fit in one array
     */
    public static byte[] toBytes(TensorFile contents) {
        return new SafeTensorsLayout(contents, true).toBytes();
    }

    /**
     * How long a file with a checksum is.
     *
     * @param contents what would be written
     * @return bytes
     */
    public static long byteCount(TensorFile contents) {
        return new SafeTensorsLayout(contents, true).byteCount();
    }

    /**
     * The bytes of a file as the reference writer makes it, without a checksum.
     *
     * @param contents what to write
     * @return the file's bytes
     * @throws IllegalArgumentException if they do not fit in one array
     */
    public static byte[] toPlainBytes(TensorFile contents) {
        return new SafeTensorsLayout(contents, false).toBytes();
    }

    private static TensorFile read(ByteInput in, Checksum checksum) throws IOException {
        byte[] head = in.head();
        if (head.length <= Long.BYTES || head[Long.BYTES] != '{') {
            throw FileKind.mismatch(in.source(), head, "a safetensors file");
        }
        byte[] prefix = in.take(Long.BYTES, "header length");
        long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > LONGEST_HEADER) {
            String bytes = Long.toUnsignedString(length);
            throw in.problem(0, "a header of " + bytes + " bytes; the limit is " + LONGEST_HEADER);
        }
        byte[] text = in.take(length, "header");
        var header = new SafeTensorsHeader(in.source(), text, in.remaining());
        if (checksum == Checksum.REQUIRED && header.checksum() == null) {
            throw in.problem(Long.BYTES, "no checksum, so it is not an unchanged file of this library; "
                    + "if it has the tensors of a PyTorch model: use PyTorchFile.read(...)");
        }
        byte[] data = in.take(in.remaining(), "elements");
        in.expectEnd("the elements");
        if (checksum != Checksum.IGNORED && header.checksum() != null) {
            int at = header.checksumAt();
            String stored = header.checksum();
            Arrays.fill(text, at, at + stored.length(), (byte) '0');
            String counted = checksum(prefix, text, data);
            if (!stored.equals(counted)) {
                throw in.problem(
                        Long.BYTES + at,
                        "the checksum says " + stored + " but the file has " + counted
                                + ": it is damaged, or was changed by a program that left the old checksum");
            }
        }
        header.block().fill(data);
        return new TensorFile(in.source(), header.tensors(), header.metadata());
    }

    private static String checksum(byte[]... parts) {
        var crc = new CRC32C();
        for (byte[] part : parts) {
            crc.update(part);
        }
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}

package org.espalier.nn.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.espalier.io.FormatException;

/**
 * Data of tensors in files beside the model. A location is a relative path that stays in the model's directory and goes
 * over no link; a range is compared with the file's size before anything is allocated, and a byte is read once only, so
 * that all reading together takes no more memory than the files have bytes.
 */
final class ExternalData {
    private static final String REMEDY = "; or export the model with external_data=False";

    /** A part of a file. */
    private record Range(Path file, long offset, long length) {}

    private final String source;
    private final Path directory;
    private final Map<Range, ByteBuffer> read = new HashMap<>();
    private final Map<Path, Long> taken = new HashMap<>();
    private long total;

    /** Data beside a model in this directory; null if the model is no file. */
    ExternalData(String source, Path directory) {
        this.source = source;
        this.directory = directory;
    }

    /** How many bytes have been read. */
    long total() {
        return total;
    }

    /**
     * The bytes of a tensor.
     *
     * @param at where in the model it says so
     * @param offset where they begin in the file
     * @param length how many there are; −1 for all up to the end of the file
     */
    ByteBuffer bytes(long at, String tensor, String location, long offset, long length) throws FormatException {
        var what = "tensor \"" + tensor + "\" lies in the file \"" + location + "\"";
        if (directory == null) {
            throw new FormatException(source, at, what
                    + " beside the model, but the model was not read from a path: read it by its path" + REMEDY);
        }
        try {
            return bytes(at, what, file(at, what, location), offset, length);
        } catch (FormatException e) {
            throw e;
        } catch (IOException e) {
            throw new FormatException(source, at, what + ", which cannot be read (" + e
                    + "): put it beside the model" + REMEDY, e);
        }
    }

    private Path file(long at, String what, String location) throws IOException {
        Path relative;
        try {
            relative = Path.of(location);
        } catch (InvalidPathException e) {
            throw new FormatException(source, at, what + ", which is not a file name", e);
        }
        boolean inside = !location.isEmpty() && !relative.isAbsolute() && relative.getRoot() == null
                && location.indexOf('\\') < 0;
        for (var part : relative) {
            inside &= !part.toString().equals("..");
        }
        if (!inside) {
            throw new FormatException(source, at, what + ", which is not in the directory of the model");
        }
        var base = directory.toRealPath();
        var file = base.resolve(relative).normalize();
        if (!file.toRealPath().equals(file)) {
            throw new FormatException(source, at, what + ", which is reached over a link; only plain files are read");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FormatException(source, at, what + ", which is not a plain file");
        }
        return file;
    }

    private ByteBuffer bytes(long at, String what, Path file, long offset, long length) throws IOException {
        try (SeekableByteChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            long size = channel.size();
            long wanted = length < 0 ? size - offset : length;
            if (offset < 0 || offset > size || wanted > size - offset || wanted > Integer.MAX_VALUE - 8) {
                throw new FormatException(source, at, what + " from byte " + offset + " on with "
                        + (length < 0 ? "all" : length) + " bytes, but the file has " + size);
            }
            var range = new Range(file, offset, wanted);
            var known = read.get(range);
            if (known != null) {
                return known;
            }
            if (taken.merge(file, wanted, Long::sum) > size) {
                throw new FormatException(source, at, what + ", of which other tensors have taken the same bytes");
            }
            total += wanted;
            var bytes = ByteBuffer.allocate((int) wanted);
            channel.position(offset);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new FormatException(source, at, what + ", which became shorter while it was read");
                }
            }
            read.put(range, bytes.flip());
            return bytes;
        }
    }
}

package org.espalier.io;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Untrusted bytes, read front to back.
 *
 * <p>Invariant: memory is allocated for bytes that exist, never for bytes that are only promised. Where the length of
 * the source is known, a demand is compared with it first; where it is not (inflating), the bytes are gathered as they
 * come and their count is capped. Every complaint carries the source's name and the offset.
 */
final class ByteInput implements Closeable {

    /** Longest Java array that every JVM allocates. */
    static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** The length of a source whose end shows only when it comes. */
    static final long UNKNOWN = -1;

    private final String source;
    private InputStream in;
    private final long length;
    private final long cap;
    private long offset;

    private ByteInput(String source, InputStream in, long length, long cap) {
        this.source = source;
        this.in = in;
        this.length = length;
        this.cap = cap;
    }

    static ByteInput open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new ByteInput(path.toString(), Channels.newInputStream(channel), channel.size(), Long.MAX_VALUE);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    static ByteInput of(String source, byte[] bytes) {
        return of(source, bytes, 0, bytes.length);
    }

    /** A part of an array. */
    static ByteInput of(String source, byte[] bytes, int from, int length) {
        return new ByteInput(source, new ByteArrayInputStream(bytes, from, length), length, Long.MAX_VALUE);
    }

    /**
     * An input whose length shows only at its end; reading more than {@code cap} bytes is a {@link FormatException}.
     */
    static ByteInput capped(String source, InputStream in, long cap) {
        return new ByteInput(source, in, UNKNOWN, cap);
    }

    /** A file that may be compressed with gzip, told by its first two bytes; {@code cap} is for what it inflates to. */
    static ByteInput openInflating(Path path, long cap) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return inflating(path.toString(), Channels.newInputStream(channel), channel.size(), cap);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Bytes that may be compressed with gzip, of a length that may be {@link #UNKNOWN}. */
    static ByteInput inflating(String source, InputStream in, long length, long cap) throws IOException {
        var peekable = new PushbackInputStream(in, 2);
        byte[] magic = peekable.readNBytes(2);
        peekable.unread(magic);
        if (magic.length == 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B) {
            try {
                return capped(source, new GZIPInputStream(peekable, 1 << 13), cap);
            } catch (EOFException | ZipException e) {
                throw new FormatException(source, 0, "a damaged gzip header: " + e.getMessage(), e);
            }
        }
        return new ByteInput(source, peekable, length, length == UNKNOWN ? cap : Long.MAX_VALUE);
    }

    String source() {
        return source;
    }

    /** How many bytes have been read. */
    long offset() {
        return offset;
    }

    /** How many bytes are left; only where the length is known. */
    long remaining() {
        if (length == UNKNOWN) {
            throw new IllegalStateException(source + " has no known length");
        }
        return length - offset;
    }

    /** The next bytes, as many as {@link FileKind} wants to see, without reading them. */
    byte[] head() throws IOException {
        var peekable = new PushbackInputStream(in, FileKind.HEAD);
        in = peekable;
        try {
            byte[] head = peekable.readNBytes(FileKind.HEAD);
            peekable.unread(head);
            return head;
        } catch (EOFException | ZipException e) {
            throw damaged("at its beginning", e);
        }
    }

    /** The complaint about a file that begins with these bytes, which have been read, and is of another kind. */
    FormatException mismatch(byte[] begin, String expected) throws IOException {
        byte[] head = Arrays.copyOf(begin, FileKind.HEAD);
        int count = begin.length + in.readNBytes(head, begin.length, head.length - begin.length);
        return FileKind.mismatch(source, Arrays.copyOf(head, count), expected);
    }

    /** The next {@code count} bytes, or fewer at the end of the input. */
    byte[] takeUpTo(int count) throws IOException {
        byte[] bytes = gather(count, "the beginning");
        offset += bytes.length;
        return bytes;
    }

    FormatException problem(long where, String what) {
        return new FormatException(source, where, what);
    }

    /** The next {@code count} bytes, called {@code what} in the complaint if they are not there. */
    byte[] take(long count, String what) throws IOException {
        if (length != UNKNOWN && count > length - offset) {
            long left = length - offset;
            throw problem(offset, "expected " + count + " bytes of " + what + " but only " + left + " are left");
        }
        if (count > cap - offset) {
            throw problem(offset, count + " bytes of " + what + " would pass the cap of " + cap + " bytes");
        }
        if (count > LONGEST_ARRAY) {
            throw problem(offset, count + " bytes of " + what + " do not fit in one array");
        }
        byte[] bytes = gather((int) count, what);
        if (bytes.length < count) {
            throw problem(
                    offset + bytes.length,
                    "expected " + count + " bytes of " + what + " but the input ends after " + bytes.length);
        }
        offset += count;
        return bytes;
    }

    private byte[] gather(int count, String what) throws IOException {
        try {
            if (length == UNKNOWN) {
                return in.readNBytes(count);
            }
            var bytes = new byte[count];
            int read = in.readNBytes(bytes, 0, count);
            return read == count ? bytes : Arrays.copyOf(bytes, read);
        } catch (EOFException | ZipException e) {
            throw damaged("while reading " + what, e);
        }
    }

    private FormatException damaged(String when, IOException e) {
        return new FormatException(source, offset, "damaged compressed data " + when + ": " + e.getMessage(), e);
    }

    /** All the bytes that are left, but no more than the cap. */
    byte[] takeRest(String what) throws IOException {
        if (length != UNKNOWN) {
            return take(length - offset, what);
        }
        int most = (int) Math.min(cap - offset, LONGEST_ARRAY);
        byte[] bytes = gather(most, what);
        offset += bytes.length;
        if (bytes.length == most) {
            expectEnd(cap + " bytes, the cap");
        }
        return bytes;
    }

    /** Refuses anything after {@code last}. */
    void expectEnd(String last) throws IOException {
        try {
            if (in.read() >= 0) {
                throw problem(offset, "expected the end of the input after " + last);
            }
        } catch (EOFException | ZipException e) {
            throw damaged("after " + last, e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

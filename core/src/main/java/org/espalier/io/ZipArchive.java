package org.espalier.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * A zip archive in memory, read by the directory at its end. Unlike {@code ZipInputStream} that also reads archives
 * written to a stream, whose sizes stand behind the data. Names are only names and never become paths.
 *
 * <p>Every number is compared with the bytes that are there: the directory ends where the archive does (but for a
 * comment), each member lies before it, together they are no longer than the archive, no name is there twice. Checksums
 * are verified as members are read.
 *
 * <p>Source: PKWARE's APPNOTE, with the extensions for large archives (zip64).
 */
final class ZipArchive {

    private static final int END = 0x06054B50;
    private static final int END_SIZE = 22;
    private static final int END_64 = 0x06064B50;
    private static final int END_64_SIZE = 56;
    private static final int LOCATOR_64 = 0x07064B50;
    private static final int LOCATOR_64_SIZE = 20;
    private static final int ENTRY = 0x02014B50;
    private static final int ENTRY_SIZE = 46;
    private static final int LOCAL = 0x04034B50;
    private static final int LOCAL_SIZE = 30;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int EXTRA_64 = 1;
    private static final int IN_EXTRA = 0xFFFFFFFF;

    /**
     * A member.
     *
     * @param name its name
     * @param method how it is compressed
     * @param begin where its bytes begin
     * @param length how many bytes it has in the archive
     * @param size how many bytes it has when inflated, if that is true
     * @param crc its checksum
     */
    record Member(String name, int method, int begin, int length, long size, int crc) {
        boolean isStored() {
            return method == STORED;
        }
    }

    private final String source;
    private final byte[] archive;
    private final ByteBuffer bytes;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private long count;
    private long directory;
    private long directoryLength;

    private ZipArchive(String source, byte[] archive) {
        this.source = source;
        this.archive = archive;
        this.bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether a file begins as such archives do. */
    static boolean begins(byte[] head) {
        return head.length >= Integer.BYTES && head[0] == 'P' && head[1] == 'K'
                && (head[2] == 3 && head[3] == 4 || head[2] == 5 && head[3] == 6);
    }

    /** Reads the directory of an archive, which may have up to {@code most} members. */
    static ZipArchive of(String source, byte[] archive, int most) throws FormatException {
        var zip = new ZipArchive(source, archive);
        int end = zip.end();
        if (zip.count > most) {
            throw zip.problem(end, zip.count + " entries; the limit is " + most);
        }
        zip.readDirectory(end);
        return zip;
    }

    /** The members by name, in the order of the directory. */
    Map<String, Member> members() {
        return Collections.unmodifiableMap(members);
    }

    private FormatException problem(long offset, String what) {
        return new FormatException(source, offset, what);
    }

    /** Finds the end record and reads it; returns where the directory ends. */
    private int end() throws FormatException {
        FormatException problem = null;
        int last = archive.length - END_SIZE;
        for (int at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
            if (bytes.getInt(at) != END || unsigned16(at + 20) != last - at) {
                continue;
            }
            int end = endOfDirectory(at);
            if (end >= 0) {
                return end;
            }
            problem = problem == null
                    ? problem(at, "a directory of " + directoryLength + " bytes at " + directory
                            + " does not end where the end record begins")
                    : problem;
        }
        throw problem != null
                ? problem
                : problem(Math.max(0, last), "expected the end record of a zip archive: the file is cut off, or has "
                        + "something after the archive");
    }

    /** Where the directory ends by the end record at this place, or −1 if that cannot be. */
    private int endOfDirectory(int at) {
        count = unsigned16(at + 10);
        directoryLength = unsigned32(at + 12);
        directory = unsigned32(at + 16);
        int end = at;
        int locator = at - LOCATOR_64_SIZE;
        if (locator >= END_64_SIZE && bytes.getInt(locator) == LOCATOR_64) {
            long record = bytes.getLong(locator + 8);
            if (record < 0 || record > locator - END_64_SIZE || bytes.getInt((int) record) != END_64) {
                return -1;
            }
            end = (int) record;
            count = bytes.getLong(end + 32);
            directoryLength = bytes.getLong(end + 40);
            directory = bytes.getLong(end + 48);
        }
        boolean fits = count >= 0 && directory >= 0 && directory <= end && directoryLength == end - directory;
        return fits ? end : -1;
    }

    private void readDirectory(int end) throws FormatException {
        int at = (int) directory;
        long left = directory;
        while (at < end) {
            if (end - at < ENTRY_SIZE || bytes.getInt(at) != ENTRY) {
                throw problem(at, "expected an entry of the directory");
            }
            int nameLength = unsigned16(at + 28);
            int extraLength = unsigned16(at + 30);
            int next = at + ENTRY_SIZE + nameLength + extraLength + unsigned16(at + 32);
            if (next > end) {
                throw problem(at, "an entry of the directory passes its end");
            }
            Member member = member(at, nameLength, at + ENTRY_SIZE + nameLength, extraLength);
            left -= LOCAL_SIZE + nameLength + member.length;
            if (left < 0) {
                throw problem(at, "the members are longer than the archive");
            }
            if (members.put(member.name, member) != null) {
                throw problem(at, "the name \"" + member.name + "\" appears twice");
            }
            at = next;
        }
        if (members.size() != count) {
            throw problem(end, "the archive has " + members.size() + " entries but says " + count);
        }
    }

    private Member member(int at, int nameLength, int extra, int extraLength) throws FormatException {
        String name = new String(archive, at + ENTRY_SIZE, nameLength, StandardCharsets.UTF_8);
        int method = unsigned16(at + 10);
        if ((unsigned16(at + 8) & ENCRYPTED) != 0 || method != STORED && method != DEFLATED) {
            throw problem(at, "entry \"" + name + "\" is "
                    + (method == STORED || method == DEFLATED ? "encrypted" : "compressed by method " + method));
        }
        long[] numbers = {unsigned32(at + 24), unsigned32(at + 20), unsigned32(at + 42)};
        readExtra(numbers, extra, extraLength);
        long size = numbers[0];
        long length = numbers[1];
        long local = numbers[2];
        if (local < 0 || local > directory - LOCAL_SIZE || bytes.getInt((int) local) != LOCAL) {
            throw problem(at, "entry \"" + name + "\" does not begin at " + local);
        }
        int begins = (int) local + LOCAL_SIZE;
        long begin = (long) begins + unsigned16((int) local + 26) + unsigned16((int) local + 28);
        boolean sameName = unsigned16((int) local + 26) == nameLength && begin <= directory && Arrays.equals(archive,
                at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength, archive, begins, begins + nameLength);
        if (!sameName || size < 0 || length < 0 || length > directory - begin
                || method == STORED && size != length) {
            throw problem(at, "entry \"" + name + "\" is not where the directory says, or of another size");
        }
        return new Member(name, method, (int) begin, (int) length, size, bytes.getInt(at + 16));
    }

    /** Replaces the numbers that are too large for the directory by those behind it. */
    private void readExtra(long[] numbers, int from, int length) throws FormatException {
        int end = from + length;
        for (int at = from; end - at >= 4; at += 4 + unsigned16(at + 2)) {
            if (unsigned16(at) != EXTRA_64) {
                continue;
            }
            int next = at + 4;
            for (int i = 0; i < numbers.length; i++) {
                if ((int) numbers[i] == IN_EXTRA) {
                    if (end - next < Long.BYTES) {
                        throw problem(at, "a size is missing");
                    }
                    numbers[i] = bytes.getLong(next);
                    next += Long.BYTES;
                }
            }
            return;
        }
    }

    private int unsigned16(int at) {
        return bytes.getShort(at) & 0xFFFF;
    }

    private long unsigned32(int at) {
        return bytes.getInt(at) & 0xFFFFFFFFL;
    }

    /** Reads a member's bytes. */
    interface Reader<T> {
        T read(ByteInput in) throws IOException;
    }

    /**
     * Reads a member, which must then have been read to its end, and verifies its checksum.
     *
     * @param cap most bytes that it may have when inflated
     */
    <T> T read(Member member, long cap, Reader<T> reader) throws IOException {
        String name = source + "!" + member.name;
        var crc = new CRC32();
        T read;
        if (member.isStored()) {
            crc.update(archive, member.begin, member.length);
            requireCrc(name, member, crc);
            return reader.read(ByteInput.of(name, archive, member.begin, member.length));
        }
        if (member.size > cap) {
            throw new FormatException(name, member.size + " bytes would pass the cap of " + cap);
        }
        var inflater = new Inflater(true);
        InputStream stored = new ByteArrayInputStream(archive, member.begin, member.length);
        try (var inflated = new CheckedInputStream(new InflaterInputStream(stored, inflater), crc)) {
            read = reader.read(ByteInput.capped(name, inflated, Math.min(cap, member.size)));
            if (inflater.getBytesWritten() != member.size) {
                throw new FormatException(name, "it has " + inflater.getBytesWritten() + " bytes, not the "
                        + member.size + " of the directory");
            }
        } finally {
            inflater.end();
        }
        requireCrc(name, member, crc);
        return read;
    }

    private static void requireCrc(String name, Member member, CRC32 crc) throws FormatException {
        if ((int) crc.getValue() != member.crc) {
            throw new FormatException(name, "its checksum is wrong: it is damaged");
        }
    }
}

package org.espalier.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The NPZ format: a zip archive of {@link Npy} files, stored or compressed, written to a file or to a stream.
 *
 * <p>Names are names of arrays and never become paths. Members that are no arrays of numbers (text, objects, notes) are
 * passed over; {@link #skipped} names them. There are limits on the number of members and on the bytes of all arrays
 * together, counted as they are inflated; checksums are verified. Written archives are stored without compression, in
 * the order of the map, with a fixed date: equal contents give equal bytes.
 *
 * <p>Source: the format description in {@code numpy.lib.format}; PKWARE's APPNOTE for the archive.
 */
public final class Npz {

    /** Most members of an archive. */
    public static final int MOST_ENTRIES = 4_096;

    /** Most bytes of all arrays of an archive together. */
    public static final long LARGEST = 1L << 30;

    private static final String SUFFIX = ".npy";
    private static final String EXPECTED = "a zip of NumPy arrays (.npz)";

    /** Not the first of January: the JDK takes that for "before 1980" and adds a time that depends on the time zone. */
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final String source;
    private final Map<String, RawTensor> arrays = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();

    private Npz(String source) {
        this.source = source;
    }

    /**
     * Reads an archive.
     *
     * @param path the file
     * @return its arrays
     * @throws FormatException if it is no archive, or damaged
     * @throws IOException if it cannot be read
     */
    public static Npz read(Path path) throws IOException {
        byte[] archive;
        try (ByteInput in = ByteInput.open(path)) {
            archive = in.takeRest("archive");
        }
        return read(path.toString(), archive);
    }

    /**
     * Reads an archive held in memory.
     *
     * @param archive its bytes
     * @return its arrays
     * @throws FormatException if it is no archive, or damaged
     */
    public static Npz read(byte[] archive) throws FormatException {
        return read("NPZ bytes", archive);
    }

    private static Npz read(String source, byte[] archive) throws FormatException {
        byte[] head = Arrays.copyOf(archive, Math.min(archive.length, FileKind.HEAD));
        if (!ZipArchive.begins(head)) {
            throw FileKind.mismatch(source, head, EXPECTED);
        }
        var zip = ZipArchive.of(source, archive, MOST_ENTRIES);
        boolean arrays = zip.members().isEmpty();
        for (String name : zip.members().keySet()) {
            arrays |= name.endsWith(SUFFIX);
        }
        if (!arrays) {
            throw FileKind.mismatch(source, head, EXPECTED);
        }
        var npz = new Npz(source);
        try {
            long left = LARGEST;
            for (ZipArchive.Member member : zip.members().values()) {
                left -= npz.add(zip, member, left);
            }
        } catch (FormatException e) {
            throw e;
        } catch (IOException e) {
            throw new FormatException(source, FormatException.NO_OFFSET, "damaged archive: " + e.getMessage(), e);
        }
        return npz;
    }

    /** Adds a member; returns how many bytes its elements take. */
    private int add(ZipArchive zip, ZipArchive.Member member, long cap) throws IOException {
        if (!member.name().endsWith(SUFFIX)) {
            skipped.put(member.name(), "no array");
            return 0;
        }
        String name = member.name().substring(0, member.name().length() - SUFFIX.length());
        try {
            RawTensor array = zip.read(member, cap, Npy::read);
            arrays.put(name, array);
            return array.byteCount();
        } catch (NotNumbersException e) {
            skipped.put(name, e.elements());
            return 0;
        }
    }

    /**
     * The arrays of numbers.
     *
     * @return by name, without the suffix {@code .npy}, in the order of the archive
     */
    public Map<String, RawTensor> arrays() {
        return Collections.unmodifiableMap(arrays);
    }

    /**
     * The members that are no arrays of numbers.
     *
     * @return by name, with the reason
     */
    public Map<String, String> skipped() {
        return Collections.unmodifiableMap(skipped);
    }

    /**
     * One array.
     *
     * @param name its name, without the suffix {@code .npy}
     * @return the array
     * @throws FormatException if there is none of that name, or it has no numbers
     */
    public RawTensor array(String name) throws FormatException {
        RawTensor array = arrays.get(name);
        if (array == null) {
            String reason = skipped.get(name);
            throw new FormatException(source, reason == null
                    ? "no array \"" + name + "\" among " + String.join(", ", arrays.keySet())
                    : "\"" + name + "\" is not read: " + reason);
        }
        return array;
    }

    /**
     * Writes an archive, replacing an old one in one step.
     *
     * @param path the file
     * @param arrays by name, of types that NumPy has
     * @throws SaveException if it cannot be written; it says which contents the file has
     * @throws IOException if the path is no file name
     * @throws IllegalArgumentException if NumPy has no such type, or there are too many arrays
     */
    public static void write(Path path, Map<String, RawTensor> arrays) throws IOException {
        AtomicFile.write(path, toBytes(arrays));
    }

    /**
     * The bytes of an archive.
     *
     * @param arrays by name, of types that NumPy has
     * @return the file's bytes
     * @throws IllegalArgumentException if NumPy has no such type, or there are too many arrays
     */
    public static byte[] toBytes(Map<String, RawTensor> arrays) {
        if (arrays.size() > MOST_ENTRIES) {
            throw new IllegalArgumentException(arrays.size() + " arrays; the limit is " + MOST_ENTRIES);
        }
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, RawTensor> array : arrays.entrySet()) {
                byte[] file = Npy.toBytes(array.getValue());
                zip.putNextEntry(stored(array.getKey() + SUFFIX, file));
                zip.write(file);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("these arrays cannot be put in an archive: " + e.getMessage(), e);
        }
        return out.toByteArray();
    }

    private static ZipEntry stored(String name, byte[] file) {
        var crc = new CRC32();
        crc.update(file);
        var entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(file.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(DATE);
        return entry;
    }

    /** Lists the arrays. */
    @Override
    public String toString() {
        return source + arrays;
    }
}

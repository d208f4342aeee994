package org.espalier.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The NPZ format: a ZIP archive of {@link Npy} files, stored or compressed.
 *
 * <p>Names are names of arrays and never become paths. The archive is read front to back, each entry's checksum is
 * verified, and the number of entries must be that of the directory at its end, which must be the end of the file.
 * There are limits on the number of entries and on the bytes of all arrays together, counted as they are inflated.
 * Written archives are stored without compression, in the order of the map, with a fixed date: equal contents give
 * equal bytes.
 *
 * <p>Source: the format description in {@code numpy.lib.format}; PKWARE's APPNOTE for the end record.
 */
public final class Npz {

    /** Most arrays in an archive. */
    public static final int MOST_ENTRIES = 4_096;

    /** Most bytes of all arrays of an archive together. */
    public static final long LARGEST = 1L << 30;

    private static final String SUFFIX = ".npy";
    private static final int END_RECORD = 22;
    private static final int END_SIGNATURE = 0x06054B50;
    private static final int ENTRY_COUNT = 10;

    /** Not the first of January: the JDK takes that for "before 1980" and adds a time that depends on the time zone. */
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Npz() {}

    /**
     * Reads an archive.
     *
     * @param path the file
     * @return the arrays by name, without the suffix {@code .npy}, in the order of the archive
     * @throws FormatException if anything in it is not as the format says, or it holds what is not read
     * @throws IOException if it cannot be read
     */
    public static Map<String, RawTensor> read(Path path) throws IOException {
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
     * @return the arrays by name, without the suffix {@code .npy}, in the order of the archive
     * @throws FormatException if anything in it is not as the format says, or it holds what is not read
     */
    public static Map<String, RawTensor> read(byte[] archive) throws FormatException {
        return read("NPZ bytes", archive);
    }

    private static Map<String, RawTensor> read(String source, byte[] archive) throws FormatException {
        int declared = declaredEntries(source, archive);
        try {
            var arrays = entries(source, archive);
            if (arrays.size() != declared) {
                throw new FormatException(
                        source,
                        archive.length - END_RECORD + ENTRY_COUNT,
                        "the directory has " + declared + " entries but the archive " + arrays.size());
            }
            return Collections.unmodifiableMap(arrays);
        } catch (FormatException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new FormatException(source, FormatException.NO_OFFSET, "damaged archive: " + e.getMessage(), e);
        }
    }

    private static int declaredEntries(String source, byte[] archive) throws FormatException {
        int at = archive.length - END_RECORD;
        ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        if (at < 0 || bytes.getInt(at) != END_SIGNATURE || bytes.getShort(archive.length - 2) != 0) {
            throw new FormatException(source, Math.max(0, at), "expected the end record of a ZIP archive");
        }
        int count = bytes.getShort(at + ENTRY_COUNT) & 0xFFFF;
        if (count > MOST_ENTRIES) {
            throw new FormatException(source, at + ENTRY_COUNT, count + " entries; the limit is " + MOST_ENTRIES);
        }
        return count;
    }

    private static Map<String, RawTensor> entries(String source, byte[] archive) throws IOException {
        var arrays = new LinkedHashMap<String, RawTensor>();
        long left = LARGEST;
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = source + "!" + entry.getName();
                if (!entry.getName().endsWith(SUFFIX)) {
                    throw new FormatException(name, "expected a name that ends with " + SUFFIX);
                }
                if (arrays.size() == MOST_ENTRIES) {
                    throw new FormatException(source, "more than " + MOST_ENTRIES + " entries");
                }
                if (entry.getSize() > left) {
                    throw new FormatException(name, entry.getSize() + " bytes would pass the cap of " + LARGEST);
                }
                RawTensor array = array(name, zip, left);
                left -= array.byteCount();
                String key = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
                if (arrays.putIfAbsent(key, array) != null) {
                    throw new FormatException(name, "appears twice");
                }
            }
        }
        return arrays;
    }

    private static RawTensor array(String name, ZipInputStream zip, long cap) throws IOException {
        try {
            return Npy.read(name, zip, cap);
        } catch (ZipException | EOFException e) {
            throw new FormatException(name, FormatException.NO_OFFSET, "damaged entry: " + e.getMessage(), e);
        }
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
}

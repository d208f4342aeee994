package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ZipArchiveTest {

    private static final byte[] TEXT = "text ".repeat(40).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOISE = new byte[100];

    static {
        new SplittableRandom(1).nextBytes(NOISE);
    }

    private static byte[] archive(String comment) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("text"));
            zip.write(TEXT);
            var stored = new ZipEntry("\u03b2/noise");
            var crc = new CRC32();
            crc.update(NOISE);
            stored.setMethod(ZipEntry.STORED);
            stored.setSize(NOISE.length);
            stored.setCrc(crc.getValue());
            zip.putNextEntry(stored);
            zip.write(NOISE);
            zip.setComment(comment);
        }
        return out.toByteArray();
    }

    private static byte[] member(byte[] archive, String name) throws IOException {
        var zip = ZipArchive.of("z", archive, 10);
        return zip.read(zip.members().get(name), 1_000, in -> in.takeRest("bytes"));
    }

    @Test
    void membersAreFoundAndReadBehindACommentToo() throws IOException {
        for (String comment : List.of("", "a comment", "PK\5\6" + "\0".repeat(18), "x".repeat(65_535))) {
            byte[] archive = archive(comment);
            assertEquals(List.of("text", "\u03b2/noise"),
                    List.copyOf(ZipArchive.of("z", archive, 10).members().keySet()));
            assertArrayEquals(TEXT, member(archive, "text"));
            assertArrayEquals(NOISE, member(archive, "\u03b2/noise"));
        }
    }

    /** A large archive says its counts in a record before the end record, as zip64 has it. */
    @Test
    void theRecordsOfLargeArchivesAreRead() throws IOException {
        byte[] archive = archive("");
        int end = archive.length - 22;
        var old = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        var large = ByteBuffer.allocate(archive.length + 56 + 20).order(ByteOrder.LITTLE_ENDIAN);
        large.put(archive, 0, end);
        large.putInt(0x06064B50).putLong(44).putShort((short) 45).putShort((short) 45).putInt(0).putInt(0);
        large.putLong(2).putLong(2).putLong(old.getInt(end + 12)).putLong(old.getInt(end + 16));
        large.putInt(0x07064B50).putInt(0).putLong(end).putInt(1);
        large.putInt(0x06054B50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
        assertArrayEquals(NOISE, member(large.array(), "\u03b2/noise"));
        large.putLong(end + 48, 7);
        var refusal = assertThrows(FormatException.class, () -> ZipArchive.of("z", large.array(), 10));
        assertTrue(refusal.getMessage().contains("does not end where the end record begins"), refusal.getMessage());
    }

    /** What stands before the directory, its entries, and the end record. */
    private static byte[] raw(byte[] members, int entries, byte[] directory) {
        return little(members.length + directory.length + 22)
                .put(members)
                .put(directory)
                .putInt(0x06054B50).putInt(0).putShort((short) entries).putShort((short) entries)
                .putInt(directory.length).putInt(members.length).putShort((short) 0)
                .array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] local(String name, byte[] data) {
        return little(30 + name.length() + data.length)
                .putInt(0x04034B50)
                .position(26)
                .putShort((short) name.length())
                .putShort((short) 0)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
    }

    /** An entry of a stored member; what is too large for it stands in {@code extra}. */
    private static byte[] entry(String name, byte[] data, int flags, int method, int length, int offset,
            byte... extra) {
        var crc = new CRC32();
        crc.update(data);
        return little(46 + name.length() + extra.length)
                .putInt(0x02014B50).putInt(0).putShort((short) flags).putShort((short) method).putInt(0)
                .putInt((int) crc.getValue()).putInt(length).putInt(length)
                .putShort((short) name.length()).putShort((short) extra.length)
                .position(42)
                .putInt(offset)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(extra)
                .array();
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static String refusal(byte[] archive) {
        return assertThrows(FormatException.class, () -> ZipArchive.of("z", archive, 10)).getMessage();
    }

    @Test
    void sizesTooLargeForTheDirectoryStandBehindIt() throws IOException {
        byte[] members = local("a", NOISE);
        // Another extra field first, a time; then size, length and place as 64-bit numbers.
        byte[] extra = little(9 + 28)
                .putShort((short) 0x5455).putShort((short) 5).put(new byte[5])
                .putShort((short) 1).putShort((short) 24)
                .putLong(NOISE.length).putLong(NOISE.length).putLong(0)
                .array();
        assertArrayEquals(NOISE, member(raw(members, 1, entry("a", NOISE, 0, 0, -1, -1, extra)), "a"));
        byte[] cut = Arrays.copyOf(extra, 9 + 20);
        assertTrue(refusal(raw(members, 1, entry("a", NOISE, 0, 0, -1, -1, cut))).endsWith("a size is missing"));
    }

    @Test
    void aMemberMayHaveNeitherNameNorBytes() throws IOException {
        byte[] none = {};
        assertArrayEquals(none, member(raw(local("", none), 1, entry("", none, 0, 0, 0, 0)), ""));
        // The record of large archives may stand at the very beginning.
        byte[] large = little(56 + 20 + 22)
                .putInt(0x06064B50).putLong(44)
                .position(56).putInt(0x07064B50).putInt(0).putLong(0).putInt(1)
                .putInt(0x06054B50).putInt(0).putInt(-1).putInt(-1).putInt(-1)
                .array();
        assertEquals(0, ZipArchive.of("z", large, 10).members().size());
    }

    @Test
    void membersThatLieInOneAnotherAreRefused() {
        String outer = "a".repeat(40);
        String inner = "b".repeat(40);
        byte[] none = {};
        byte[] data = joined(local(inner, none), NOISE);
        byte[] members = local(outer, data);
        byte[] directory =
                joined(entry(outer, data, 0, 0, data.length, 0), entry(inner, none, 0, 0, 0, 30 + outer.length()));
        assertTrue(refusal(raw(members, 2, directory)).endsWith("the members are longer than the archive"));
    }

    @Test
    void whatCannotBeReadIsNamed() {
        byte[] members = local("a", NOISE);
        assertTrue(refusal(raw(members, 1, entry("a", NOISE, 1, 0, 100, 0))).endsWith("entry \"a\" is encrypted"));
        assertTrue(refusal(raw(members, 1, entry("a", NOISE, 0, 12, 100, 0)))
                .endsWith("entry \"a\" is compressed by method 12"));
        assertTrue(refusal(raw(members, 1, entry("a", NOISE, 0, 0, 101, 0)))
                .endsWith("entry \"a\" is not where the directory says, or of another size"));
        assertTrue(refusal(raw(members, 1, joined(entry("a", NOISE, 0, 0, 100, 0), new byte[] {'P', 'K', 1, 2, 0})))
                .endsWith("expected an entry of the directory"));
    }

    @Test
    void theRecordOfALargeArchiveStandsBeforeItsLocator() {
        // The locator points into the comment, where a record begins and is cut off.
        byte[] comment = {'P', 'K', 6, 6, 0, 0, 0, 0};
        byte[] archive = little(56 + 20 + 22 + comment.length)
                .position(56).putInt(0x07064B50).putInt(0).putLong(56 + 20 + 22).putInt(1)
                .putInt(0x06054B50).position(56 + 20 + 20).putShort((short) comment.length)
                .put(comment)
                .array();
        assertTrue(refusal(archive).contains("does not end where the end record begins"));
    }

    @Test
    void archivesBeginWithAMemberOrTheEndRecord() {
        assertTrue(ZipArchive.begins(new byte[] {'P', 'K', 3, 4}));
        assertTrue(ZipArchive.begins(new byte[] {'P', 'K', 5, 6, 0}));
        for (byte[] other : new byte[][] {{'P', 'K', 1, 2}, {'P', 'K', 3}, {'P', 'K', 3, 6}, {'P', 'K', 5, 4},
            {'P', 'J', 3, 4}, {'Q', 'K', 3, 4}}) {
            assertFalse(ZipArchive.begins(other));
        }
    }

    @Test
    void everyChangedByteIsHarmlessOrRefused() throws IOException {
        byte[] archive = archive("");
        for (int at = 0; at < archive.length; at++) {
            for (int value : new int[] {0, 1, 0x7F, 0xFF, archive[at] ^ 1, archive[at] ^ 0x80}) {
                byte[] damaged = archive.clone();
                damaged[at] = (byte) value;
                try {
                    assertArrayEquals(TEXT, member(damaged, "text"));
                    assertArrayEquals(NOISE, member(damaged, "\u03b2/noise"));
                } catch (FormatException | NullPointerException e) {
                    // Refused, or the member has another name.
                } catch (IOException e) {
                    assertTrue(e instanceof java.util.zip.ZipException || e instanceof java.io.EOFException,
                            e::toString);
                }
            }
        }
        for (int length = 0; length < archive.length; length++) {
            byte[] cut = Arrays.copyOf(archive, length);
            assertThrows(FormatException.class, () -> ZipArchive.of("z", cut, 10));
        }
        byte[] longer = Arrays.copyOf(archive, archive.length + 1);
        assertThrows(FormatException.class, () -> ZipArchive.of("z", longer, 10));
    }

    @Test
    void thereIsALimitOnMembersAndOnWhatTheyInflateTo() throws IOException {
        byte[] archive = archive("");
        assertThrows(FormatException.class, () -> ZipArchive.of("z", archive, 1));
        var zip = ZipArchive.of("z", archive, 2);
        var refusal = assertThrows(FormatException.class,
                () -> zip.read(zip.members().get("text"), 199, in -> in.takeRest("bytes")));
        assertEquals("z!text: 200 bytes would pass the cap of 199", refusal.getMessage());
        assertArrayEquals(TEXT, zip.read(zip.members().get("text"), 200, in -> in.takeRest("bytes")));
    }
}

package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
        assertThrows(FormatException.class, () -> ZipArchive.of("z", large.array(), 10));
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
    }
}

package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.espalier.trials.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteInputTest {

    private static final byte[] FIVE = {1, 2, 3, 4, 5};

    @TempDir
    private Path directory;

    private static ByteInput capped(byte[] bytes, long cap) {
        return ByteInput.capped("x", new ByteArrayInputStream(bytes), cap);
    }

    @Test
    void bytesComeInOrderAndTheOffsetFollows() throws IOException {
        ByteInput in = ByteInput.of("x", FIVE);
        assertArrayEquals(new byte[] {1, 2}, in.take(2, "start"));
        assertEquals(2, in.offset());
        assertEquals(3, in.remaining());
        assertArrayEquals(new byte[] {3, 4, 5}, in.takeRest("rest"));
        in.expectEnd("the rest");
    }

    @Test
    void aPromiseOfMoreThanThereIsCostsNothing() {
        ByteInput in = ByteInput.of("x", FIVE);
        var refusal = assertThrows(FormatException.class, () -> in.take(1L << 40, "elements"));
        assertEquals("x, offset 0: expected 1099511627776 bytes of elements but only 5 are left", refusal.getMessage());
        long allocated = Allocation.of(() -> capped(FIVE, Long.MAX_VALUE).take(2_000_000_000, "elements"));
        assertTrue(allocated < 1 << 20, allocated + " bytes");
    }

    @Test
    void aSourceOfUnknownLengthIsReadUpToItsCap() throws IOException {
        assertArrayEquals(FIVE, capped(FIVE, 5).takeRest("text"));
        assertThrows(FormatException.class, () -> capped(FIVE, 4).takeRest("text"));
        assertThrows(FormatException.class, () -> capped(FIVE, 4).take(5, "text"));
        var refusal = assertThrows(FormatException.class, () -> capped(FIVE, 100).take(6, "text"));
        assertEquals(5, refusal.offset());
        assertThrows(IllegalStateException.class, () -> capped(FIVE, 5).remaining());
    }

    @Test
    void whatIsLeftOverIsRefused() throws IOException {
        ByteInput in = ByteInput.of("x", FIVE);
        in.take(4, "start");
        var refusal = assertThrows(FormatException.class, () -> in.expectEnd("the start"));
        assertEquals("x, offset 4: expected the end of the input after the start", refusal.getMessage());
    }

    @Test
    void aFileThatShrinksOrGrowsAfterItWasOpenedIsRefused() throws IOException {
        Path path = directory.resolve("f");
        Files.write(path, new byte[100_000]);
        try (ByteInput in = ByteInput.open(path)) {
            in.take(10, "start");
            Files.write(path, new byte[50]);
            var refusal = assertThrows(FormatException.class, () -> in.takeRest("rest"));
            assertTrue(refusal.getMessage().contains("the input ends after"), refusal.getMessage());
        }
        Files.write(path, FIVE);
        try (ByteInput in = ByteInput.open(path)) {
            in.takeRest("all");
            Files.write(path, FIVE, StandardOpenOption.APPEND);
            assertThrows(FormatException.class, () -> in.expectEnd("all"));
        }
    }

    @Test
    void gzipIsToldByItsFirstBytes() throws IOException {
        byte[] gzip = IdxTest.gzip(FIVE);
        Path path = directory.resolve("f.gz");
        Files.write(path, gzip);
        try (ByteInput in = ByteInput.openInflating(path, 5)) {
            assertArrayEquals(FIVE, in.takeRest("all"));
        }
        byte[] broken = Arrays.copyOf(gzip, 5);
        var refusal = assertThrows(
                FormatException.class,
                () -> ByteInput.inflating("x", new ByteArrayInputStream(broken), broken.length, 5));
        assertTrue(refusal.getMessage().contains("gzip"), refusal.getMessage());
        gzip[gzip.length - 5] ^= 1;
        assertThrows(
                FormatException.class,
                () -> ByteInput.inflating("x", new ByteArrayInputStream(gzip), gzip.length, 5).takeRest("all"));
    }

    @Test
    void aCapCountsWhatWasReadBefore() throws IOException {
        ByteInput in = capped(FIVE, 5);
        in.take(2, "start");
        in.take(3, "rest");
        var refusal = assertThrows(FormatException.class, () -> in.take(1, "more"));
        assertEquals("x, offset 5: 1 bytes of more would pass the cap of 5 bytes", refusal.getMessage());

        ByteInput early = capped(FIVE, 100);
        early.take(2, "start");
        refusal = assertThrows(FormatException.class, () -> early.take(6, "rest"));
        assertEquals("x, offset 5: expected 6 bytes of rest but the input ends after 3", refusal.getMessage());

        ByteInput known = ByteInput.of("x", FIVE);
        known.take(2, "start");
        refusal = assertThrows(FormatException.class, () -> known.take(4, "rest"));
        assertEquals("x, offset 2: expected 4 bytes of rest but only 3 are left", refusal.getMessage());
    }

    @Test
    void theRestIsWhatTheCapLeaves() throws IOException {
        ByteInput in = capped(FIVE, 5);
        in.take(2, "start");
        assertArrayEquals(new byte[] {3, 4, 5}, in.takeRest("rest"));
        assertEquals(5, in.offset());
        ByteInput longer = capped(new byte[6], 5);
        longer.take(2, "start");
        var refusal = assertThrows(FormatException.class, () -> longer.takeRest("rest"));
        assertEquals("x, offset 5: expected the end of the input after 5 bytes, the cap", refusal.getMessage());
    }

    @Test
    void onlyAnInputOfUnknownLengthHasACap() throws IOException {
        assertArrayEquals(FIVE, ByteInput.inflating("x", new ByteArrayInputStream(FIVE), 5, 3).takeRest("all"));
        var unknown = ByteInput.inflating("x", new ByteArrayInputStream(FIVE), ByteInput.UNKNOWN, 3);
        assertThrows(FormatException.class, () -> unknown.takeRest("all"));
    }

    @Test
    void aFileOfAnotherKindIsToldByItsBeginning() throws IOException {
        byte[] zip = {'P', 'K', 3, 4, 0, 0, 0, 0};
        ByteInput in = ByteInput.of("x", zip);
        var refusal = in.mismatch(in.take(2, "start"), "an apple");
        assertTrue(refusal.getMessage().contains("expected an apple, but this is a zip archive"), refusal.getMessage());
        ByteInput longer = ByteInput.of("x", Arrays.copyOf(zip, 2 * FileKind.HEAD));
        refusal = longer.mismatch(longer.take(3, "start"), "an apple");
        assertTrue(refusal.getMessage().contains("expected an apple, but this is a zip archive"), refusal.getMessage());
    }

    @Test
    void whoClosesTheInputClosesWhatItReads() throws IOException {
        var closed = new boolean[1];
        var stream = new ByteArrayInputStream(FIVE) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        ByteInput.capped("x", stream, 5).close();
        assertTrue(closed[0]);
    }
}

package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.espalier.trials.Promise;
import org.espalier.trials.Trials;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFileTest {

    private static final byte[] OLD = "the old contents".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NEW = "the new contents, longer".getBytes(StandardCharsets.UTF_8);
    private static final int NEVER = Integer.MAX_VALUE;

    @TempDir
    private Path directory;

    private Path target;

    @BeforeEach
    void nameTheTarget() {
        target = directory.resolve("model.safetensors");
    }

    private static void write(Path target, FaultyDisk disk) throws IOException {
        AtomicFile.write(target, out -> out.write(ByteBuffer.wrap(NEW)), disk);
    }

    private List<Path> siblings() throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void aFileIsCreatedAndReplaced() throws IOException {
        AtomicFile.write(target, OLD);
        assertArrayEquals(OLD, Files.readAllBytes(target));
        AtomicFile.write(target, NEW);
        assertArrayEquals(NEW, Files.readAllBytes(target));
        assertEquals(List.of(target), siblings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-r-----", "rw-rw-rw-", "r--r--r--", "rwxr-x---"})
    void theNewFileHasThePermissionsOfTheOldOne(String text) throws IOException {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        var permissions = PosixFilePermissions.fromString(text);
        Files.write(target, OLD);
        Files.setPosixFilePermissions(target, permissions);
        AtomicFile.write(target, out -> {
            for (Path sibling : siblings()) {
                assertEquals(permissions, Files.getPosixFilePermissions(sibling), sibling.toString());
            }
            out.write(ByteBuffer.wrap(NEW));
        });
        assertEquals(permissions, Files.getPosixFilePermissions(target));
        assertEquals(List.of(target), siblings());
    }

    @Test
    void aNewFileHasThePermissionsOfAnyNewFile() throws IOException {
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
        Path other = directory.resolve("other");
        FileChannel.open(other, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
        AtomicFile.write(target, NEW);
        assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(target));
    }

    @Test
    void contentsLargerThanOnePieceArriveWhole() throws IOException {
        var large = new byte[3_000_001];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        AtomicFile.write(target, large);
        assertArrayEquals(large, Files.readAllBytes(target));
        AtomicFile.write(target, out -> assertEquals(NEW.length, out.write(ByteBuffer.wrap(NEW))));
        assertArrayEquals(NEW, Files.readAllBytes(target));
    }

    @Test
    void theDiskIsAskedInTheOrderThatSurvivesAPowerFailure() throws IOException {
        var disk = new FaultyDisk(NEVER, false, 16);
        write(target, disk);
        assertEquals(List.of("create", "write", "write", "force", "close", "replace", "forceDirectory"), disk.calls());
    }

    @Test
    @Tag("trials")
    void whicheverCallFailsTheFileIsOldOrNewAndNothingIsLeftOpenOrLying() throws Exception {
        Trials.of(Promise.FAULTS, "saving, the call alone").run(trials -> failEachCall(false, trials));
        Trials.of(Promise.FAULTS, "saving, the call and all later ones").run(trials -> failEachCall(true, trials));
    }

    private void failEachCall(boolean persistent, Trials trials) throws IOException {
        boolean succeeded = false;
        for (int call = 1; !succeeded; call++) {
            Files.write(target, OLD);
            var disk = new FaultyDisk(call, persistent, 5);
            String place = "call " + call + (persistent ? " and all later ones" : " alone");
            try {
                write(target, disk);
                succeeded = true;
            } catch (SaveException e) {
                assertTrue(e.getMessage().contains("No space left on device"), e.getMessage());
                assertTrue(e.getMessage().contains(target.toString()), e.getMessage());
                assertArrayEquals(e.replaced() ? NEW : OLD, Files.readAllBytes(target), place);
                assertEquals("forceDirectory".equals(disk.calls().get(call - 1)), e.replaced(), place);
            }
            assertEquals(0, disk.open(), place);
            // A disk on which everything fails from some call on cannot delete the temporary file either.
            if (!persistent || call > disk.calls().indexOf("delete") + 1) {
                assertEquals(List.of(target), siblings(), place);
            }
            trials.add(1);
            AtomicFile.removeLeftovers(target);
            assertEquals(List.of(target), siblings(), place);
        }
        assertArrayEquals(NEW, Files.readAllBytes(target));
    }

    @Test
    void anExceptionOfTheBodyLeavesTheOldFile() throws IOException {
        Files.write(target, OLD);
        var mine = new IllegalStateException("no weights");
        AtomicFile.Body broken = out -> {
            out.write(ByteBuffer.wrap(NEW));
            throw mine;
        };
        assertSame(mine, assertThrows(IllegalStateException.class, () -> AtomicFile.write(target, broken)));
        assertArrayEquals(OLD, Files.readAllBytes(target));
        assertEquals(List.of(target), siblings());
    }

    @Test
    void anInterruptedWriterLeavesTheOldFileAndStaysInterrupted() throws IOException {
        Files.write(target, OLD);
        Thread.currentThread().interrupt();
        try {
            assertThrows(SaveException.class, () -> AtomicFile.write(target, NEW));
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertArrayEquals(OLD, Files.readAllBytes(target));
        assertEquals(List.of(target), siblings());
    }

    @Test
    void theChannelIsOfNoUseAfterwards() throws IOException {
        var kept = new WritableByteChannel[1];
        AtomicFile.write(target, out -> kept[0] = out);
        assertThrows(ClosedChannelException.class, () -> kept[0].write(ByteBuffer.wrap(NEW)));
        assertEquals(0, Files.size(target));
    }

    @Test
    void aDirectoryThatIsNotThereOrATargetThatIsADirectoryIsTyped() throws IOException {
        assertThrows(SaveException.class, () -> AtomicFile.write(directory.resolve("none").resolve("a"), NEW));
        Path taken = Files.createDirectory(directory.resolve("taken"));
        Files.createFile(taken.resolve("inside"));
        assertThrows(SaveException.class, () -> AtomicFile.write(taken, NEW));
        assertEquals(List.of(taken), siblings());
        assertThrows(IOException.class, () -> AtomicFile.write(directory.getRoot(), NEW));
    }

    @Test
    void aSymbolicLinkStaysAndItsTargetIsReplaced() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere")).resolve("real");
        Files.write(elsewhere, OLD);
        Files.createSymbolicLink(target, elsewhere);
        AtomicFile.write(target, NEW);
        assertTrue(Files.isSymbolicLink(target));
        assertArrayEquals(NEW, Files.readAllBytes(elsewhere));
    }

    @Test
    void onlyTheLeftoversOfThisTargetAreRemoved() throws IOException {
        List<String> others = List.of(
                "model.safetensors", ".model.safetensors.tmp", ".other." + UUID.randomUUID() + ".tmp", "notes.tmp");
        for (String other : others) {
            Files.createFile(directory.resolve(other));
        }
        for (int i = 0; i < 3; i++) {
            Files.createFile(directory.resolve(".model.safetensors." + UUID.randomUUID() + ".tmp"));
        }
        assertEquals(3, AtomicFile.removeLeftovers(target));
        assertEquals(0, AtomicFile.removeLeftovers(target));
        assertEquals(others.size(), siblings().size());
    }
}

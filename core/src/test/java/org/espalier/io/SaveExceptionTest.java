package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaveExceptionTest {

    private static final Path TARGET = Path.of("model");

    @TempDir
    private Path directory;

    @Test
    void theMessageSaysWhichContentsTheFileHas() throws IOException {
        var cause = new IOException("No space left on device");
        Path old = Files.createFile(directory.resolve("old"));
        var before = new SaveException(old, false, cause);
        assertEquals(old + " could not be saved: No space left on device; the file is as it was before",
                before.getMessage());
        assertEquals("model could not be saved: No space left on device",
                new SaveException(TARGET, false, cause).getMessage());
        assertFalse(before.replaced());
        assertSame(cause, before.getCause());
        var after = new SaveException(TARGET, true, cause);
        assertTrue(after.getMessage().startsWith("model was written but may not outlast"), after.getMessage());
        assertTrue(after.replaced());
    }

    @Test
    void aCauseWithoutAMessageIsNamedByItsType() {
        String message = new SaveException(TARGET, false, new ClosedByInterruptException()).getMessage();
        assertTrue(message.contains("ClosedByInterruptException"), message);
    }

    @Test
    void theReasonIsSaidAndNotOnlyAPath() throws IOException {
        Path missing = directory.resolve("missing");
        assertReason("the folder " + missing + " does not exist", missing.resolve("model"));
        Path file = Files.createFile(directory.resolve("file"));
        assertReason(file + " is not a folder", file.resolve("model"));
        assertReason("it is a folder", Files.createDirectory(directory.resolve("folder")));
        var denied = new SaveException(directory.resolve("model"), false, new AccessDeniedException("temporary"));
        assertTrue(denied.getMessage().endsWith("no permission to write in the folder " + directory));
        var full =
                new SaveException(directory.resolve("model"), false, new FileSystemException("a", null, "Disk full"));
        assertTrue(full.getMessage().endsWith(": Disk full"), full.getMessage());
    }

    private static void assertReason(String reason, Path target) {
        var problem = assertThrows(SaveException.class, () -> AtomicFile.write(target, new byte[1]));
        assertEquals(target + " could not be saved: " + reason, problem.getMessage());
        assertFalse(problem.replaced());
    }
}

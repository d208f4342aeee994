package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileIsCreatedAndReplaced() throws IOException {
        var file = folder.resolve("answers.csv");
        TextFile.write(file, "a\n");
        TextFile.write(file, "ä\n");

        assertEquals("ä\n", Files.readString(file));
        try (var all = Files.list(folder)) {
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void aFolderOrAMissingFolderIsAnError() {
        assertThrows(IOException.class, () -> TextFile.write(folder, "a"));
        assertThrows(IOException.class, () -> TextFile.write(folder.resolve("missing/answers.csv"), "a"));
    }

    /** The device on which every write fails for lack of room. */
    @Test
    void aFullDiskIsAnError() {
        var full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no such device here");
        assertThrows(IOException.class, () -> TextFile.write(full, "a"));
    }

    /** As {@code espalier --version > /dev/full}. */
    @Test
    void outputThatCannotBeWrittenIsAnError() {
        var before = System.out;
        System.setOut(new PrintStream(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        }));
        try {
            assertEquals(Failures.FAILED, Espalier.run("--version"));
        } finally {
            System.setOut(before);
        }
    }
}

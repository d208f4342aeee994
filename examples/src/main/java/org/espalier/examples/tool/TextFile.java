package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.io.AtomicFile;

/** Writes the results of a command, in UTF-8. */
final class TextFile {
    private TextFile() {}

    /**
     * Replaces a file in one step, or writes to what is no file, such as a pipe.
     *
     * @throws IOException if not all of it could be written; an old file then stays
     */
    static void write(Path out, String text) throws IOException {
        if (Files.exists(out) && !Files.isRegularFile(out)) {
            Files.writeString(out, text);
        } else {
            AtomicFile.write(out, text.getBytes(StandardCharsets.UTF_8));
        }
    }
}

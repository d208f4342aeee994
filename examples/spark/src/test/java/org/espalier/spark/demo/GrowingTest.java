package org.espalier.spark.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingTest {
    @Test
    void theTableHasALineForEachCase(@TempDir Path folder) {
        var out = System.out;
        var bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            assertEquals(0, Growing.commandLine().execute(
                    "--most", "1000", "--threads", "1", "--dir", folder.toString()));
        } finally {
            System.setOut(out);
        }
        var lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(2 + 1, lines.stream().filter(line -> line.startsWith("|")).count(), lines.toString());
    }
}

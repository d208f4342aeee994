package org.espalier.spark.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThroughputTest {
    @Test
    void everyWayHasARow(@TempDir Path folder) {
        var out = System.out;
        var bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            assertEquals(0, Throughput.commandLine().execute(
                    "--rows", "3000", "--threads", "1", "--dir", folder.toString()));
        } finally {
            System.setOut(out);
        }
        var text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("3,000 rows of 14 columns; model file of "), text);
        assertEquals(5, text.lines().filter(line -> line.contains(" | 1 | ")).count(), text);
    }
}

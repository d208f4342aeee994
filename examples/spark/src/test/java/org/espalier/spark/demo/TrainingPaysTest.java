package org.espalier.spark.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TrainingPaysTest {
    @Test
    void theTableHasALineForEachCase() {
        var out = System.out;
        var bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            assertEquals(0, TrainingPays.commandLine().execute("--ranks", "1", "--seconds", "0.01"));
        } finally {
            System.setOut(out);
        }
        var lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(2 + 3, lines.stream().filter(line -> line.startsWith("|")).count(), lines.toString());
    }
}

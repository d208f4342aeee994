package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EspalierTest {
    @TempDir
    private Path folder;

    private record Ran(int code, String out, String err) {}

    private static Ran espalier(Object... args) {
        var before = System.out;
        var beforeErr = System.err;
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            var words = new String[args.length];
            for (int i = 0; i < words.length; i++) {
                words[i] = args[i].toString();
            }
            int code = Espalier.run(words);
            return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
            System.setErr(beforeErr);
        }
    }

    /** Two clouds that a line parts: red below, blue above. */
    private Path table() throws IOException {
        var text = new StringBuilder("x,y,note,colour\n");
        for (int i = 0; i < 200; i++) {
            boolean blue = i % 2 == 0;
            text.append(i * 37 % 100).append(',').append((blue ? 150 : 20) + i * 13 % 40).append(",n,")
                    .append(blue ? "blue" : "red").append('\n');
        }
        return Files.writeString(folder.resolve("points.csv"), text);
    }

    @Test
    void aTableBecomesAFileThatAnswersRows() throws IOException {
        var model = folder.resolve("new/points.safetensors");
        var run = espalier("run", "--data", table(), "--target", "colour", "--drop", "note", "--net", "8-4", "--keep",
                50, "--out", model);
        assertEquals(0, run.code, run.err);
        assertTrue(run.out.contains("accuracy 100.00 %") && run.out.contains("wrote"), run.out);

        var rows = Files.writeString(folder.resolve("new.csv"), "y,x\n30,50\n170,50\n");
        assertEquals("red\nblue\n", espalier("predict", model, "--data", rows).out.replace("\r", ""));
        assertTrue(espalier("predict", model, "--data", rows, "--json").out.startsWith("{\"colour\":\"red\","));
        var answers = folder.resolve("answers.txt");
        assertEquals(0, espalier("predict", model, "--data", rows, "--out", answers).code);
        assertEquals("red", Files.readAllLines(answers).getFirst());

        var inspected = espalier("inspect", model);
        assertTrue(inspected.out.contains("fc1.weight") && inspected.out.contains("output.bias"), inspected.out);
    }

    @Test
    void anErrorIsASentenceAndAnExitCode() throws IOException {
        var missing = espalier("inspect", folder.resolve("nothing"));
        assertEquals(1, missing.code);
        assertTrue(missing.err.contains("no such file") && !missing.err.contains("\tat "), missing.err);
        assertTrue(espalier("inspect", "--verbose", folder.resolve("nothing")).err.contains("\tat "));
        var column = espalier("run", "--data", table(), "--target", "color", "--out", folder.resolve("m"));
        assertEquals(1, column.code);
        assertTrue(column.err.contains("\"color\"") && column.err.contains("colour"), column.err);
        assertEquals(1, espalier("run", "--data", table(), "--target", "colour", "--keep", 0, "--out", "m").code);
    }

    @Test
    void wrongUsageIsExitCodeTwo() {
        assertEquals(2, espalier().code);
        assertEquals(2, espalier("prnue").code);
        assertEquals(2, espalier("run", "--data", "x.csv").code);
        assertEquals(0, espalier("run", "--help").code);
    }
}

package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.espalier.io.Idx;
import org.espalier.io.Json;
import org.espalier.io.RawTensor;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands as a shell would, in this process, on real data. */
abstract class ToolFixture {
    @TempDir
    Path folder;

    /** What a command did. */
    record Ran(int code, String out, String err) {
        /** The result of {@code --json}. */
        Json.Obj json() throws IOException {
            assertEquals(0, code, err);
            return assertInstanceOf(Json.Obj.class, Json.parse(out));
        }

        /** Fails unless the command ended with this code and a message that has these words and no trace. */
        Ran fails(int expected, String... words) {
            assertEquals(expected, code, out + err);
            for (var word : words) {
                assertTrue(err.contains(word), err);
            }
            assertTrue(err.startsWith("espalier: ") || err.contains("\nespalier: "), err);
            assertTrue(!err.contains("\tat "), err);
            return this;
        }

        /** Fails unless the command succeeded; the lines it printed. */
        String good() {
            assertEquals(0, code, err);
            return out.replace("\r", "");
        }
    }

    static Ran espalier(Object... args) {
        var before = System.out;
        var beforeErr = System.err;
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            int code = Espalier.run(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
            return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
            System.setErr(beforeErr);
        }
    }

    /** A table that comes with the examples, or its first rows. */
    Path table(String name, int rows) throws IOException {
        try (var in = ToolFixture.class.getResourceAsStream("/org/espalier/examples/tables/" + name)) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var some = text.lines().limit(rows + 1L).collect(Collectors.joining("\n", "", "\n"));
            return Files.writeString(folder.resolve(name), some);
        }
    }

    /** All 178 rows of the wines. */
    Path wine() throws IOException {
        return table("wine.csv", 1000);
    }

    /** A network that tells the wines apart, of 360 weights. */
    Path wineModel() throws IOException {
        var model = folder.resolve("wine.safetensors");
        espalier("train", "--data", wine(), "--target", "cultivar", "--epochs", 60, "--net", "16-8", "-q", "--out",
                model)
                .good();
        return model;
    }

    /** The first images of MNIST as a folder of four files. */
    Path digits(int train, int test) throws IOException {
        var digits = Files.createDirectories(folder.resolve("digits"));
        for (var part : new String[] {"train", "t10k"}) {
            int count = part.equals("train") ? train : test;
            for (var kind : new String[] {"-images-idx3-ubyte", "-labels-idx1-ubyte"}) {
                try (var in =
                        ToolFixture.class.getResourceAsStream("/org/espalier/examples/mnist/" + part + kind + ".gz")) {
                    Files.write(digits.resolve(part + kind), Idx.toBytes(first(Idx.read(part, in), count)));
                }
            }
        }
        return digits;
    }

    private static RawTensor first(RawTensor all, int count) {
        int[] dims = all.shape().dims();
        int each = all.shape().size() / dims[0];
        dims[0] = count;
        var bytes = new byte[count * each];
        all.bytes().get(0, bytes);
        return RawTensor.ofBytes(all.dtype(), Shape.of(dims), bytes);
    }
}

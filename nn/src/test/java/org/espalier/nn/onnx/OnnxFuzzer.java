package org.espalier.nn.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.Linear;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;

/**
 * Starts Jazzer on the reader of ONNX files. From the root of the project: {@code mvn -q -Pfuzz-onnx -pl nn -am
 * process-test-classes -Dfuzz.seconds=300}.
 *
 * <p>Inputs that reach new code are kept in {@code target/fuzz}; an input that breaks the reader is named at the end.
 */
public final class OnnxFuzzer {
    private static final int MOST_OUTPUTS = 4;
    private static final int MOST_AXES = 4;

    private OnnxFuzzer() {}

    /** Arguments: a directory, a number of seconds. */
    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        Path directory = Files.createDirectories(Path.of(args[0], "onnx"));
        var files = seeds();
        files.addAll(corpus());
        for (int i = 0; i < files.size(); i++) {
            Files.write(directory.resolve("known-" + i), files.get(i));
        }
        List<String> options = List.of(
                "--target_class=" + OnnxFuzzer.class.getName(),
                "--instrumentation_includes=org.espalier.nn.onnx.**",
                "-artifact_prefix=" + args[0] + "/",
                "-max_total_time=" + args[1],
                directory.toString());
        // By name: only the profile has Jazzer on the class path.
        Class.forName("com.code_intelligence.jazzer.Jazzer")
                .getMethod("main", String[].class)
                .invoke(null, (Object) options.toArray(String[]::new));
    }

    /** What Jazzer calls; anything but a result or a refusal is a finding. */
    public static void fuzzerTestOneInput(byte[] file) {
        reads(file);
        runs(file);
    }

    /** Whether a model can be made of it; anything thrown but a {@link FormatException} is a bug. */
    static boolean reads(byte[] file) {
        try {
            return reads(OnnxFile.read(file));
        } catch (FormatException e) {
            return false;
        }
    }

    /** Whether a model can be made of a file; anything thrown but a {@link FormatException} is a bug. */
    static boolean reads(OnnxFile file) {
        try {
            var read = file.asFloat32();
            var outputs = read.outputs();
            for (var output : outputs.subList(0, Math.min(outputs.size(), MOST_OUTPUTS))) {
                read.model(output.name());
            }
            return !outputs.isEmpty();
        } catch (FormatException e) {
            return false;
        }
    }

    /** Runs the models of a file on two rows; anything thrown but a refusal of the input is a bug. */
    static void runs(byte[] file) {
        try {
            runs(OnnxFile.read(file));
        } catch (FormatException e) {
            // a refusal
        }
    }

    /** Runs the models of a file that was read. */
    static void runs(OnnxFile file) {
        try {
            var read = file.asFloat32();
            var sizes = read.inputs().isEmpty() ? List.<String>of() : read.inputs().getFirst().sizes();
            int[] dims = sizes.stream()
                    .limit(MOST_AXES)
                    .mapToInt(size -> size.matches("[1-9]") ? Integer.parseInt(size) : 2)
                    .toArray();
            var x = Rng.of(1).normal(Shape.of(dims), 1);
            for (var output : read.outputs().subList(0, Math.min(read.outputs().size(), MOST_OUTPUTS))) {
                read.model(output.name()).forward(x);
            }
        } catch (FormatException | IllegalArgumentException e) {
            // a refusal
        }
    }

    /** Good files. */
    static List<byte[]> seeds() {
        var files = new ArrayList<byte[]>();
        files.add(OnnxFile.of(Linear.of(2, 2)).toBytes());
        SampleModels.chains().values().forEach(model -> files.add(OnnxFile.of(model).toBytes()));
        try {
            for (var one : OnnxCases.all()) {
                files.add(Files.readAllBytes(one.file()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** The files that the fuzzer found worth keeping, good and bad: a line of hexadecimal digits each. */
    static List<byte[]> corpus() throws IOException {
        try (var in = OnnxFuzzer.class.getResourceAsStream("corpus.hex")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines()
                    .map(HexFormat.of()::parseHex)
                    .toList();
        }
    }
}

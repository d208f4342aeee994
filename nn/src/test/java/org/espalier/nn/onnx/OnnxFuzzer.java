package org.espalier.nn.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.Linear;

/**
 * Starts Jazzer on the reader of ONNX files. From the root of the project: {@code mvn -q -Pfuzz-onnx -pl nn -am
 * process-test-classes -Dfuzz.seconds=300}.
 *
 * <p>Inputs that reach new code are kept in {@code target/fuzz}; an input that breaks the reader is named at the end.
 */
public final class OnnxFuzzer {
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

    /** What Jazzer calls; anything but a result or a {@link FormatException} is a finding. */
    public static void fuzzerTestOneInput(byte[] file) {
        reads(file);
    }

    /** Whether it can be read; anything thrown but a {@link FormatException} is a bug. */
    static boolean reads(byte[] file) {
        try {
            OnnxFile.read(file);
            return true;
        } catch (FormatException e) {
            return false;
        }
    }

    /** Good files. */
    static List<byte[]> seeds() {
        var files = new ArrayList<byte[]>();
        files.add(OnnxFile.of(Linear.of(2, 2)).toBytes());
        SampleModels.chains().values().forEach(model -> files.add(OnnxFile.of(model).toBytes()));
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

package org.espalier.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Starts Jazzer, which steers by coverage where {@link ParserFuzzTest} only rolls dice. From the root of the project:
 * {@code mvn -q -Pfuzz -pl core process-test-classes -Dfuzz.target=npy -Dfuzz.seconds=300}.
 *
 * <p>Inputs that reach new code are kept in {@code target/fuzz}; an input that breaks a reader is named at the end.
 */
public final class ParserFuzzer {

    private static final String TARGET = "espalier.fuzz.target";

    private ParserFuzzer() {}

    /** Arguments: the name of a {@link FuzzTarget}, a directory, a number of seconds. */
    public static void main(String[] args) throws ReflectiveOperationException, IOException {
        System.setProperty(TARGET, args[0]);
        Path directory = Files.createDirectories(Path.of(args[1], args[0]));
        var files = new ArrayList<>(target().seeds());
        files.addAll(target().corpus());
        for (int i = 0; i < files.size(); i++) {
            Files.write(directory.resolve("known-" + i), files.get(i));
        }
        List<String> options = List.of(
                "--target_class=" + ParserFuzzer.class.getName(),
                "--instrumentation_includes=org.espalier.io.**",
                "-artifact_prefix=" + args[1] + "/",
                "-max_total_time=" + args[2],
                directory.toString());
        // By name: only the profile has Jazzer on the class path.
        Class.forName("com.code_intelligence.jazzer.Jazzer")
                .getMethod("main", String[].class)
                .invoke(null, (Object) options.toArray(String[]::new));
    }

    /** What Jazzer calls; anything but a result or a {@link FormatException} is a finding. */
    public static void fuzzerTestOneInput(byte[] file) throws IOException {
        try {
            target().check(target().read(file));
        } catch (FormatException e) {
            // Refused, as it should be.
        }
    }

    private static FuzzTarget target() {
        return FuzzTarget.valueOf(System.getProperty(TARGET).toUpperCase(Locale.ROOT));
    }
}

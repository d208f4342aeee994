package org.espalier.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/** Compiles classes for the tests of the rules. */
final class Compiled {
    private Compiled() {}

    /**
     * Compiles a source that may use what was compiled into the directory before.
     *
     * @param packageName the package below {@code org.espalier}
     * @return the class file of the first class of the source
     */
    static Path into(Path directory, String packageName, String source) {
        try {
            String name = source.replaceAll("(?s).*?class (\\w+).*", "$1");
            var file = directory.resolve(name + ".java");
            Files.writeString(file, "package org.espalier." + packageName + ";\n" + source);
            var output = new StringWriter();
            var printer = new PrintWriter(output);
            int code = ToolProvider.findFirst("javac").orElseThrow().run(
                    printer, printer, "-proc:none", "-nowarn", "--add-modules", "jdk.incubator.vector",
                    "-d", directory.toString(), "-cp", directory.toString(), file.toString());
            assertEquals(0, code, output::toString);
            return directory.resolve("org/espalier/" + packageName.replace('.', '/') + "/" + name + ".class");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.espalier.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles and runs the examples in the module's Javadoc: every inline snippet tag must hold the body of a method that
 * needs nothing from outside but the types of its own package, those the file imports, {@code java.util} and
 * {@code java.nio.file}. Imports of its own come first, if it has any.
 */
abstract class SnippetContract {
    private static final Path SOURCES = Path.of(System.getProperty("basedir", ""), "src", "main", "java");
    private static final Pattern SNIPPET = Pattern.compile("\\{@snippet\\s*:\\n");

    /** A type of this module and one of each module below it: where they were compiled to is the class path. */
    abstract List<Class<?>> modules();

    private record Snippet(SourceFile file, int number, String body) {
        String className() {
            return "Snippet_" + file.name() + "_" + number;
        }

        private Stream<String> lines(boolean imports) {
            return body.lines().filter(line -> line.strip().startsWith("import ") == imports).map(line -> line + "\n");
        }

        String source() {
            var packages = new TreeSet<String>();
            packages.add(file.packageName());
            file.imports().stream().filter(name -> name.startsWith("org.espalier."))
                    .forEach(name -> packages.add(name.replaceFirst("\\.[A-Z].*", "")));
            return Stream.concat(packages.stream(), Stream.of("java.util", "java.nio.file"))
                    .map(name -> "import " + name + ".*;\n")
                    .collect(Collectors.joining())
                    + lines(true).collect(Collectors.joining())
                    + "public class " + className() + " {\n    public static void run() throws Exception {\n"
                    + lines(false).collect(Collectors.joining())
                    + "\n    }\n}\n";
        }
    }

    @TestFactory
    Stream<DynamicTest> everySnippetCompilesAndRuns(@TempDir Path folder) throws IOException {
        List<Snippet> snippets;
        try (var files = Files.walk(SOURCES.toAbsolutePath())) {
            snippets = files.filter(path -> path.toString().endsWith(".java")).sorted().map(SourceFile::read)
                    .flatMap(SnippetContract::snippets).toList();
        }
        assertFalse(snippets.isEmpty());
        return snippets.stream()
                .map(snippet -> DynamicTest.dynamicTest(snippet.className(), () -> run(snippet, folder)));
    }

    private static Stream<Snippet> snippets(SourceFile file) {
        var bodies = SNIPPET.matcher(file.text()).results()
                .map(match -> balanced(file.text(), match.end()).replaceAll("(?m)^\\s*\\* ?", "")).toList();
        return Stream.iterate(0, i -> i < bodies.size(), i -> i + 1).map(i -> new Snippet(file, i + 1, bodies.get(i)));
    }

    /** The text up to the brace that closes one opened before. */
    private static String balanced(String text, int from) {
        int at = from;
        for (int open = 1; open > 0; at++) {
            open += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
        }
        return text.substring(from, at - 1);
    }

    private void run(Snippet snippet, Path folder) throws Exception {
        var source = folder.resolve(snippet.className() + ".java");
        Files.writeString(source, snippet.source());
        var said = new StringWriter();
        var javac = ToolProvider.findFirst("javac").orElseThrow();
        var classPath = modules().stream().map(SnippetContract::location)
                .collect(Collectors.joining(System.getProperty("path.separator")));
        var printed = new PrintWriter(said);
        int status = javac.run(printed, printed, "-proc:none", "-Xlint:all,-incubating", "-cp", classPath, "-d",
                folder.toString(), source.toString());
        assertEquals(0, status, () -> said + "\n" + snippet.source());
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()},
                modules().getFirst().getClassLoader())) {
            loader.loadClass(snippet.className()).getMethod("run").invoke(null);
        }
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles the examples of a module, and runs those in its Javadoc: every inline snippet tag must hold the body of a
 * method that needs nothing from outside but the types of its own package, those the file imports, {@code Arrays},
 * {@code List}, {@code Map}, {@code Optional}, {@code Duration} and {@code java.nio.file}. Imports of its own come
 * first, if it has any. Temporary files that it makes are removed.
 *
 * <p>Every block of Java in a README, fenced at the start of a line, must hold the body of a method too. It may use all
 * types of the module and those below it, and what {@link #readmeVariables} declares; it is compiled, not run.
 */
abstract class SnippetContract {
    private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Pattern SNIPPET = Pattern.compile("\\{@snippet\\s*:\\n");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");

    /** A type of this module and one of each module below it: where they were compiled to is the class path. */
    abstract List<Class<?>> modules();

    /** Declarations of the variables that blocks of READMEs may use, without modifiers, separated by semicolons. */
    abstract String readmeVariables();

    /** The READMEs whose blocks are compiled, beside the module's folder or in it. */
    List<String> readmes() {
        return List.of("README.md");
    }

    private record Snippet(SourceFile file, int number, String body) {
        String className() {
            return "Snippet_" + file.name() + "_" + number;
        }

        private Stream<String> lines(boolean imports) {
            return body.lines().filter(line -> line.strip().startsWith("import ") == imports).map(line -> line + "\n");
        }

        String source(Path folder) {
            var path = folder.toString().replace("\\", "\\\\");
            var temporary = "createTempFile(Path.of(\"" + path + "\"), ";
            var packages = new TreeSet<String>();
            packages.add(file.packageName());
            file.imports().stream().filter(name -> name.startsWith("org.espalier."))
                    .forEach(name -> packages.add(name.replaceFirst("\\.[A-Z].*", "")));
            return imports(packages)
                    + lines(true).collect(Collectors.joining())
                    + "public class " + className() + " {\n    public static void run() throws Exception {\n"
                    + lines(false).collect(Collectors.joining()).replace("createTempFile(", temporary)
                    + "\n    }\n}\n";
        }
    }

    /** Types of {@code java.util} are imported by name, so that they are meant even if a package has another. */
    private static String imports(Set<String> packages) {
        return Stream.concat(
                packages.stream().map(name -> name + ".*"),
                Stream.of("java.nio.file.*", "java.util.Arrays", "java.util.List", "java.util.Map",
                        "java.util.Optional", "java.time.Duration"))
                .map(name -> "import " + name + ";\n")
                .collect(Collectors.joining());
    }

    @TestFactory
    Stream<DynamicTest> everySnippetCompilesAndRuns(@TempDir Path folder) throws IOException {
        List<Snippet> snippets;
        try (var files = Files.walk(MODULE.resolve(Path.of("src", "main", "java")))) {
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
        compile(snippet.className(), snippet.source(folder), folder, "-Xlint:all,-incubating");
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()},
                modules().getFirst().getClassLoader())) {
            loader.loadClass(snippet.className()).getMethod("run").invoke(null);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyBlockOfAReadmeCompiles(@TempDir Path folder) throws IOException {
        var packages = new TreeSet<String>();
        for (var module : modules()) {
            packages.addAll(packages(location(module)));
        }
        var tests = Stream.<DynamicTest>builder();
        for (var readme : readmes()) {
            var blocks = BLOCK.matcher(Files.readString(MODULE.resolve(readme))).results().toList();
            assertFalse(blocks.isEmpty(), readme);
            for (int i = 0; i < blocks.size(); i++) {
                var name = "Readme_" + readme.replaceAll("\\W", "_") + "_" + (i + 1);
                var body = blocks.get(i).group(1);
                tests.add(DynamicTest.dynamicTest(name, () -> compile(name, imports(packages)
                        + "abstract class " + name + " {\n" + readmeVariables().replaceAll("\\s*;", ";\n")
                        + "    void run() throws Exception {\n" + body + "    }\n}\n", folder, "-Xlint:none")));
            }
        }
        return tests.build();
    }

    private static Set<String> packages(Path classes) throws IOException {
        if (Files.isDirectory(classes)) {
            try (var files = Files.walk(classes)) {
                return packages(files.map(file -> classes.relativize(file).toString().replace('\\', '/')));
            }
        }
        try (var jar = new ZipFile(classes.toFile())) {
            return packages(jar.stream().map(ZipEntry::getName));
        }
    }

    private static Set<String> packages(Stream<String> files) {
        return files.filter(name -> name.matches("org/espalier/.*/\\w+\\.class"))
                .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                .collect(Collectors.toSet());
    }

    private void compile(String name, String text, Path folder, String lint) throws IOException {
        var source = folder.resolve(name + ".java");
        Files.writeString(source, text);
        var said = new StringWriter();
        var javac = ToolProvider.findFirst("javac").orElseThrow();
        var classPath = modules().stream().map(module -> location(module).toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
        var printed = new PrintWriter(said);
        int status = javac.run(printed, printed, "-proc:none", lint, "-cp", classPath, "-d",
                folder.toString(), source.toString());
        assertEquals(0, status, () -> said + "\n" + text);
    }

    private static Path location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jars as another project meets them: two programs in {@code src/consumer} are compiled against them and run in
 * processes of their own, on the class path, the module path, as one fat jar and in a linked image, with and without
 * the vector module. Runs in {@code mvn verify}, when the jars are packaged.
 */
@Tag("packaged")
class PackagedJarsTest {
    private static final Path SOURCES = Path.of(System.getProperty("basedir", ""), "src/consumer/java");
    private static final String VECTOR = "jdk.incubator.vector";
    private static final String TRAIN = "consumer.train.Train";
    private static final String SERVE = "consumer.serve.Serve";
    private static final List<String> ON_VECTORS = List.of("--add-modules", VECTOR, "-Despalier.kernels=vector");
    private static final Pattern LIBRARY_FRAME = Pattern.compile("\\s+at (?:[\\w.]+@[^/]+/)?org\\.espalier\\..*");
    private static final Pattern FRAME_WITH_LINE = Pattern.compile(".*\\(\\w+\\.java:\\d+\\)");

    @TempDir
    private static Path directory;

    private static Path program;
    private static Path model;
    private static List<String> answers;

    /** All that a program needs at run time, and what one needs that only runs a model. */
    private static List<Path> trainingJars;
    private static List<Path> servingJars;

    @BeforeAll
    static void aProgramOnTheClassPathTrainsAModel() throws IOException, InterruptedException {
        servingJars = jars("espalier-core", "espalier-nn");
        trainingJars = jars("espalier-core", "espalier-nn", "espalier-prune", "ejml-core", "ejml-ddense");
        program = compile("plain", path(trainingJars), "consumer/train/Train.java", "consumer/serve/Serve.java");
        model = directory.resolve("model.safetensors");
        answers = java(ON_VECTORS, "-cp", path(trainingJars, program), TRAIN, model.toString());
        assertEquals(2, answers.size(), answers.toString());
        // A quarter of 16 + 8 neurons goes, then half of each row that is left.
        int kept = Integer.parseInt(answers.getFirst().split(" ")[1]);
        assertTrue(kept > 0 && kept <= 64, answers.toString());
    }

    @Test
    void aServiceNeedsCoreAndNnAlone() throws IOException, InterruptedException {
        assertServes(java(ON_VECTORS, "-cp", path(servingJars, program), SERVE, model.toString()));
    }

    @Test
    void programsRunOnTheModulePath() throws IOException, InterruptedException {
        var training = module("consumer.train", "org.espalier.prune", trainingJars);
        var again = directory.resolve("again.safetensors");
        var output = java(ON_VECTORS, "-p", path(trainingJars, training), "-m", "consumer.train/" + TRAIN,
                again.toString());
        assertEquals(answers, output);
        assertEquals(-1, Files.mismatch(model, again));

        var serving = module("consumer.serve", "org.espalier.nn", servingJars);
        assertServes(java(ON_VECTORS, "-p", path(servingJars, serving), "-m", "consumer.serve/" + SERVE,
                model.toString()));
    }

    @Test
    void withoutTheVectorModuleTheAnswersAreTheSameAndTheNoticeNamesTheFlag()
            throws IOException, InterruptedException {
        var again = directory.resolve("scalar.safetensors");
        var output = java(List.of(), "-cp", path(trainingJars, program), TRAIN, again.toString());

        assertTrue(output.containsAll(answers), output.toString());
        assertEquals(-1, Files.mismatch(model, again));
        assertTrue(String.join("\n", output).contains("--add-modules " + VECTOR), output.toString());
    }

    @Test
    void oneFatJarHoldsAProgramAndTheLibrary() throws IOException, InterruptedException {
        var classes = directory.resolve("fat");
        for (var jar : trainingJars) {
            unpack(jar, classes);
        }
        copy(program, classes);
        // The descriptors of several modules cannot be one; a fat jar belongs on the class path.
        Files.deleteIfExists(classes.resolve("module-info.class"));
        var jar = directory.resolve("fat.jar");
        tool("jar", "--create", "--file", jar.toString(), "--main-class", TRAIN, "-C", classes.toString(), ".");

        var again = directory.resolve("fat.safetensors");
        assertEquals(answers, java(ON_VECTORS, "-jar", jar.toString(), again.toString()));
        assertServes(java(ON_VECTORS, "-cp", jar.toString(), SERVE, again.toString()));
    }

    @Test
    void aLinkedImageServesWithTheVectorModule() throws IOException, InterruptedException {
        var image = link("image", "--add-modules", "consumer.serve," + VECTOR,
                "--add-options=--add-modules=" + VECTOR);

        var output = run(List.of(image.resolve("bin/java").toString(), "-Despalier.kernels=vector",
                "-m", "consumer.serve/" + SERVE, model.toString()));

        assertServes(output);
    }

    @Test
    void aLinkedImageWithoutTheVectorModuleServesAndTheNoticeSaysHowToLinkIt()
            throws IOException, InterruptedException {
        var image = link("small", "--add-modules", "consumer.serve,java.logging");

        var output = run(List.of(image.resolve("bin/java").toString(), "-m", "consumer.serve/" + SERVE,
                model.toString()));

        assertServes(output);
        assertTrue(String.join("\n", output).contains("an image made by jlink must contain the module"),
                output.toString());
    }

    private static Path link(String name, String... options) throws IOException {
        var serving = module("consumer.serve", "org.espalier.nn", servingJars);
        var image = directory.resolve(name);
        var arguments = new ArrayList<>(List.of("--output", image.toString(), "--module-path",
                path(servingJars, serving)));
        arguments.addAll(List.of(options));
        tool("jlink", arguments.toArray(String[]::new));
        return image;
    }

    /** The answer of the trained model, and a stack trace whose frames of the library all name their line. */
    private static void assertServes(List<String> output) {
        assertTrue(output.contains(answers.getLast()), output.toString());
        var frames = output.stream().filter(line -> LIBRARY_FRAME.matcher(line).matches()).toList();
        assertFalse(frames.isEmpty(), output.toString());
        frames.forEach(frame -> assertTrue(FRAME_WITH_LINE.matcher(frame).matches(), frame));
    }

    /** The jars of the class path with these names, in this order. */
    private static List<Path> jars(String... names) {
        var classPath = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        return Stream.of(names)
                .map(name -> classPath.stream()
                        .filter(entry -> entry.matches(".*[/\\\\]" + name + "-\\d[^/\\\\]*\\.jar"))
                        .map(Path::of)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                "no jar of " + name + " on the class path: run mvn verify, which packages it")))
                .toList();
    }

    private static String path(List<Path> jars, Path... more) {
        return Stream.concat(jars.stream(), Stream.of(more))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path compile(String name, String classPath, String... sources) throws IOException {
        var classes = directory.resolve(name);
        var arguments = new ArrayList<>(List.of("-d", classes.toString(), "-cp", classPath));
        Stream.of(sources).map(source -> SOURCES.resolve(source).toString()).forEach(arguments::add);
        tool("javac", arguments.toArray(String[]::new));
        return classes;
    }

    /** A program compiled as a module that requires one of the library. */
    private static Path module(String name, String required, List<Path> jars) throws IOException {
        var classes = Files.createTempDirectory(directory, name);
        var descriptor = Files.createDirectories(classes.resolve("source")).resolve("module-info.java");
        Files.writeString(descriptor, "module " + name + " { requires " + required + "; }");
        var arguments = new ArrayList<>(List.of("-d", classes.resolve("classes").toString(), "-p", path(jars),
                descriptor.toString()));
        try (var sources = Files.list(SOURCES.resolve(name.replace('.', '/')))) {
            sources.map(Path::toString).forEach(arguments::add);
        }
        tool("javac", arguments.toArray(String[]::new));
        return classes.resolve("classes");
    }

    private static void unpack(Path jar, Path target) throws IOException {
        try (var files = FileSystems.newFileSystem(jar)) {
            copy(files.getPath("/"), target);
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(source)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (var file : files) {
            var to = target.resolve(source.relativize(file).toString());
            Files.createDirectories(to.getParent());
            Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void tool(String name, String... arguments) {
        var tool = ToolProvider.findFirst(name).orElseThrow();
        var output = new StringWriter();
        var printer = new PrintWriter(output);
        assertEquals(0, tool.run(printer, printer, arguments), output::toString);
    }

    private static List<String> java(List<String> flags, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** The lines a program prints, without the warning about the incubating module; it must end well. */
    private static List<String> run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines;
        try (var reader = process.inputReader()) {
            lines = reader.lines().filter(line -> !line.startsWith("WARNING: Using incubator modules")).toList();
        }
        assertEquals(0, process.waitFor(), String.join("\n", lines));
        return lines;
    }
}

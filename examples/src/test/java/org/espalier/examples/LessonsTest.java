package org.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.prune.Pruner;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every lesson runs, with fewer images than by default, and says what it promises. */
class LessonsTest {
    private static final Path LESSONS = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("lessons");
    private static final int LONGEST = 60;

    /** The sentence that each lesson ends with if it shows what it should. */
    private static final Map<String, String> PROMISES = promises(
            "L01Tensor", "after all this, a is what it was.",
            "L02Gradient", "hand and machine agree, and downhill leads to the solution.",
            "L03Neuron", "one neuron draws one straight line, and that is enough here.",
            "L04Xor", "all four corners are right; the border bends, which one neuron's cannot.",
            "L05Digits", "a small network reads digits; what it gets wrong is often hard to read.",
            "L06WhatPruningRemoves", "hardly read any more, and nothing is lost.",
            "L07GlobalOrLocal", "small layers cannot give as much as large ones",
            "L08NeuronsOrWeights", "for the same number of weights, choosing them one by one is better",
            "L09Schedules", "small steps with retraining between them end better than one leap.",
            "L10LotteryTicket", "with its own first weights the sparse network learns better, for every seed.",
            "L11MovingMasks", "the mask moves to the ink, and the network is better than with a mask that stays.",
            "L12Distillation", "the second thoughts of the teacher are worth more images.",
            "L13FewerBits", "8 bits cost nothing, 4 next to nothing, 2 too much",
            "L14WhySparseIsFast", "", // a time: whatever it says
            "L15IsItAsGood", "with a fifth of the weights it is as good, with a hundredth it is not",
            "L16YourOwn", "operation, layer and criterion work like those of the library.",
            "L17ShipIt", "one file holds all that is needed to answer raw rows.");

    private static Map<String, String> promises(String... namesAndSentences) {
        var promises = new LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndSentences.length; i += 2) {
            promises.put(namesAndSentences[i], namesAndSentences[i + 1]);
        }
        return promises;
    }

    @Test
    void everyLessonIsShortAndEndsWithAnExerciseAndItsSolution() throws IOException {
        var names = new ArrayList<String>();
        for (var file : files()) {
            var lines = Files.readAllLines(file);
            names.add(file.getFileName().toString().replace(".java", ""));
            assertTrue(lines.size() <= LONGEST, file + " has " + lines.size() + " lines");
            assertTrue(lines.stream().allMatch(line -> line.length() <= 120), file + " is too wide");
            assertTrue(lines.getFirst().startsWith("// Lesson " + names.size() + ": "), file + ": " + lines.getFirst());
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("// Exercise: ")), file + " has no exercise");
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("// Solution: ") || line.equals("// Solution:")),
                    file + " has no solution");
        }
        assertEquals(List.copyOf(PROMISES.keySet()), names);
    }

    @TestFactory
    Stream<DynamicTest> everyLessonShowsWhatItPromises(@TempDir Path classes) throws IOException {
        compile(classes);
        return PROMISES.entrySet().stream().map(lesson -> DynamicTest.dynamicTest(lesson.getKey(), () -> {
            var printed = run(classes, lesson.getKey());
            var last = printed.strip().lines().toList().getLast();
            assertTrue(last.startsWith("See: ") && last.contains(lesson.getValue()), printed);
        }));
    }

    @Test
    void theCellsOfTheNotebookAndTheImportsOfTheShellRun() throws IOException {
        var notebook = (Json.Obj) Json.parse(Files.readString(LESSONS.resolve("espalier.ipynb")));
        try (var shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(classPath());
            evaluate(shell, Files.readString(LESSONS.resolve("espalier.jsh")));
            for (var item : notebook.items("cells")) {
                var cell = (Json.Obj) item;
                var source = cell.items("source").stream().map(line -> ((Json.Str) line).text())
                        .collect(Collectors.joining());
                if (cell.string("cell_type").equals("code") && !source.startsWith("%")) {
                    evaluate(shell, source);
                }
            }
        }
    }

    private static void evaluate(JShell shell, String source) {
        var rest = source;
        while (!rest.isBlank()) {
            var completion = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            for (var event : shell.eval(completion.source())) {
                var good = event.status() == Snippet.Status.VALID || event.status() == Snippet.Status.OVERWRITTEN;
                assertTrue(good, () -> event.snippet().source() + "\n"
                        + shell.diagnostics(event.snippet()).map(problem -> problem.getMessage(null)).toList());
                assertEquals(null, event.exception(), event.snippet().source());
            }
            rest = completion.remaining();
        }
    }

    private static List<Path> files() throws IOException {
        try (var files = Files.list(LESSONS)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    private static void compile(Path classes) throws IOException {
        var said = new StringWriter();
        var arguments = new ArrayList<>(List.of("-proc:none", "-Xlint:all,-incubating", "-Werror", "-cp", classPath(),
                "-d", classes.toString()));
        files().forEach(file -> arguments.add(file.toString()));
        var printed = new PrintWriter(said);
        int status = ToolProvider.findFirst("javac").orElseThrow().run(printed, printed,
                arguments.toArray(String[]::new));
        assertEquals(0, status, said::toString);
    }

    private static String run(Path classes, String lesson) throws Exception {
        var before = System.out;
        var bytes = new ByteArrayOutputStream();
        System.setProperty("images", "3000");
        System.setProperty("epochs", "10");
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, LessonsTest.class.getClassLoader())) {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            var type = loader.loadClass(lesson);
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            var main = type.getDeclaredMethod("main");
            main.setAccessible(true);
            main.invoke(constructor.newInstance());
        } finally {
            System.setOut(before);
            System.clearProperty("images");
            System.clearProperty("epochs");
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Where the modules were compiled to. */
    private static String classPath() {
        return Stream.of(Tensor.class, Layer.class, Pruner.class, RunRecord.class).map(LessonsTest::location)
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

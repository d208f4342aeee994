package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a lesson: one of the programs in the folder {@code lessons}, with a java of its own. */
@Command(
        name = "lesson",
        description = "Lists the lessons, or runs one: a program of one short file, to be read and changed.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  espalier lesson", "  espalier lesson 4"})
final class LessonCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NUMBER", arity = "0..1", description = "Which lesson; without it all are listed.")
    private Integer number;

    @Option(names = "--quick", description = "Learn from 3,000 images, where the lesson learns from images: some"
            + " seconds, and not as good.")
    private boolean quick;

    @Option(names = "--lessons", paramLabel = "DIR", description = "Where the lessons are; found if it is left out.")
    private Path directory;

    @Spec
    private CommandSpec spec;

    /** A lesson. */
    private record Lesson(Path file) {
        int number() {
            return Integer.parseInt(file.getFileName().toString().substring(1, 3));
        }

        /** The first line without the slashes. */
        String title() throws IOException {
            try (var lines = Files.lines(file)) {
                return lines.findFirst().orElse("").replaceFirst("^// *", "");
            }
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var lessons = lessons();
        if (number == null) {
            for (var lesson : lessons) {
                spec.commandLine().getOut().println(lesson.title());
            }
            return 0;
        }
        var lesson = lessons.stream().filter(one -> one.number() == number).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no lesson " + number + "; they go from 1 to " + lessons.size()));
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-Xlog:disable", "-XX:+UseParallelGC"));
        if (quick) {
            command.add("-Dimages=3000");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), lesson.file().toString()));
        spec.commandLine().getOut().println("# " + lesson.file());
        spec.commandLine().getOut().flush();
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private List<Lesson> lessons() throws IOException {
        for (var folder : folders()) {
            if (Files.isDirectory(folder)) {
                try (var files = Files.list(folder)) {
                    return files.filter(file -> file.getFileName().toString().matches("L\\d\\d\\w+\\.java"))
                            .sorted().map(Lesson::new).toList();
                }
            }
        }
        throw new IOException("the lessons were not found; say where they are with --lessons examples/lessons");
    }

    /** Beside the jar or the class files of this program, a few folders up; or below the working directory. */
    private List<Path> folders() throws IOException {
        if (directory != null) {
            return List.of(directory);
        }
        try {
            var here = Path.of(LessonCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            var up = Stream.iterate(here.getParent(), folder -> folder != null, Path::getParent).limit(3)
                    .map(folder -> folder.resolve("lessons"));
            return Stream.concat(up, Stream.of(Path.of("examples", "lessons"), Path.of("lessons"))).toList();
        } catch (java.net.URISyntaxException e) {
            throw new IOException(e);
        }
    }
}

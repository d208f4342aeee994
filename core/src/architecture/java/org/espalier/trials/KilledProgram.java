package org.espalier.trials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A program of the tests that runs in a JVM of its own and is killed (kill -9) at a random moment, again and again,
 * until it comes to its end. It prints a line when it begins; from then on its time counts.
 */
public final class KilledProgram {
    private final Class<?> program;
    private final List<Class<?>> libraries;
    private final int longestMillis;

    /** Looks at what a process has left. */
    @FunctionalInterface
    public interface Inspection {
        /** Throws if something is lost. */
        void look() throws Exception;
    }

    /**
     * A program.
     *
     * @param longestMillis the longest life: somewhat longer than the program takes, so that it comes to its end
     * @param libraries a class of every folder or jar that it needs beside its own
     */
    public KilledProgram(Class<?> program, int longestMillis, Class<?>... libraries) {
        this.program = program;
        this.longestMillis = longestMillis;
        this.libraries = List.of(libraries);
    }

    /**
     * One run of the program, from its beginning to its end.
     *
     * @param afterKill what is looked at whenever it was killed
     * @param atEnd what is looked at when it has come to its end
     */
    public record Run(Inspection afterKill, Inspection atEnd, String... arguments) {}

    /** Begins runs, by their number from 0, each with files of its own. */
    @FunctionalInterface
    public interface Runs {
        /** The run of this number. */
        Run begin(int number) throws Exception;
    }

    /** Kills run after run until the program was killed as often as the tier asks for. */
    public void kill(Promise promise, String subject, SplittableRandom random, Runs runs) throws Exception {
        Trials.of(promise, subject).run(trials -> {
            long left = promise.count();
            for (int number = 0; left > 0; number++) {
                var run = runs.begin(number);
                left -= kill(run, left, random, trials);
                run.atEnd().look();
            }
        });
    }

    /** Starts and kills a run until it ends by itself, or as many times as given; how often it was killed. */
    private long kill(Run run, long mostKills, SplittableRandom random, Trials trials) throws Exception {
        for (long kills = 0;; kills++) {
            boolean mayFinish = kills == mostKills;
            int life = random.nextInt(longestMillis);
            if (endsByItself(mayFinish ? Integer.MAX_VALUE : life, run.arguments())) {
                return kills;
            }
            trials.add(1);
            run.afterKill().look();
        }
    }

    private boolean endsByItself(int life, String... arguments) throws Exception {
        var process = start(arguments);
        try {
            var first = process.inputReader().readLine();
            assertNotNull(first, "the program ended before it began");
            if (process.waitFor(life, TimeUnit.MILLISECONDS)) {
                assertEquals(0, process.exitValue(), "the program failed, see its output");
                return true;
            }
            return false;
        } finally {
            process.destroyForcibly();
            process.waitFor();
            process.inputReader().close();
        }
    }

    /** Starts it once, in a JVM with scalar kernels and little memory; what it prints as errors is shown. */
    public Process start(String... arguments) throws IOException, URISyntaxException {
        var path = new LinkedHashSet<String>();
        path.add(root(program));
        for (var library : libraries) {
            path.add(root(library));
        }
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Despalier.kernels=scalar",
                "-cp", String.join(File.pathSeparator, path), program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** The folder or jar of a class: in a patched module, the code source names the module's alone. */
    private static String root(Class<?> type) throws URISyntaxException {
        var name = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        var address = type.getResource(name).toString();
        if (address.startsWith("jar:")) {
            return Path.of(URI.create(address.substring("jar:".length(), address.indexOf("!/")))).toString();
        }
        var root = Path.of(URI.create(address));
        for (int i = type.getName().split("\\.").length; i > 0; i--) {
            root = root.getParent();
        }
        return root.toString();
    }
}

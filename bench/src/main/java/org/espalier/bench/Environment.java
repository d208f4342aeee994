package org.espalier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.espalier.kernel.choice.KernelChoice;
import org.openjdk.jmh.Main;

/** What a reader must know about the machine and the run. */
final class Environment {
    private Environment() {}

    static SequencedMap<String, String> describe(SuiteOptions options, List<String> flags, List<String> removed) {
        var mode = options.mode();
        var facts = new LinkedHashMap<String, String>();
        facts.put("date", date());
        facts.put("revision", command("git", "describe", "--always", "--dirty"));
        facts.put("processor", processor());
        facts.put("vectors", bits(options) + " bits");
        facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        facts.put("JVM", jvm());
        facts.put("JVM flags", String.join(" ", flags));
        String jmh = Main.class.getPackage().getImplementationVersion();
        facts.put("harness", "JMH" + (jmh == null ? "" : " " + jmh) + ", average time; in each round, a new"
                + " process for every peer and up to 16 rows of a section; " + mode.warmups + " × " + mode.milliseconds
                + " ms of warm-up once the compiler is quiet, then " + mode.iterations + " × " + mode.milliseconds
                + " ms measured");
        facts.put("environment variables removed", removed.isEmpty() ? "none were set" : String.join(", ", removed));
        var set = new TreeMap<>(Variables.NEEDED);
        set.putAll(options.width().variables());
        facts.put("environment variables set", set.toString());
        return facts;
    }

    private static String bits(SuiteOptions options) {
        return options.width().bits().isEmpty()
                ? KernelChoice.vector().map(vector -> vector.dense().name().replace("vector-", "")).orElse("0")
                : options.width().bits();
    }

    static String date() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String jvm() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + ", "
                + System.getProperty("java.vendor");
    }

    /** The processor's name and its widest vectors, where the system tells. */
    static String processor() {
        try {
            var lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
            var facts = List.of(
                    field(lines, "model name"),
                    "family " + field(lines, "cpu family"),
                    "model " + field(lines, "model"));
            var flags = field(lines, "flags");
            var vectors = flags.contains("avx512f") ? ", AVX-512" : flags.contains("avx2") ? ", AVX2" : "";
            return String.join(", ", facts) + vectors;
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.split(":", 2)[0].strip().equals(name))
                .map(line -> line.split(":", 2)[1].strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String command(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            var output = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0 ? output : "unknown";
        } catch (IOException e) {
            return "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}

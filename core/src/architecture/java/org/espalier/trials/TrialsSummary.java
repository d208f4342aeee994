package org.espalier.trials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Adds up what the tests of all modules tried and prints a line for each promise. It ends with code 1 if a test failed
 * or a promise was not tried at all, so that a test that no longer runs is noticed.
 */
public final class TrialsSummary {
    private static final Pattern SUITE = Pattern.compile(
            "<testsuite [^>]*? name=\"([^\"]+)\"[^>]*? errors=\"(\\d+)\"[^>]*? failures=\"(\\d+)\"");
    private static final int FAILED = 3;

    /** What was tried of one promise. */
    private record Sum(long tried, long failed, double seconds, Map<String, Long> subjects) {
        static final Sum NOTHING = new Sum(0, 0, 0, Map.of());

        Sum plus(String subject, long more, long failures, double time) {
            var all = new TreeMap<>(subjects);
            all.merge(subject, more, Long::sum);
            return new Sum(tried + more, failed + failures, seconds + time, all);
        }
    }

    private TrialsSummary() {}

    /** Arguments: the root of the project and the tier. */
    public static void main(String[] args) throws IOException {
        var out = new StringBuilder();
        int code = summarize(Path.of(args[0]), args[1] + ", " + LocalDate.now(), out);
        System.out.print(out);
        System.exit(code);
    }

    /** Writes the summary; the exit code. */
    static int summarize(Path root, String title, StringBuilder out) throws IOException {
        var sums = sums(root);
        var failures = failedTests(root);
        write(title, sums, failures, out);
        return failures.isEmpty() && sums.values().stream().allMatch(sum -> sum.tried > 0 && sum.failed == 0) ? 0 : 1;
    }

    private static Map<Promise, Sum> sums(Path root) throws IOException {
        var sums = new EnumMap<Promise, Sum>(Promise.class);
        for (var promise : Promise.values()) {
            sums.put(promise, Sum.NOTHING);
        }
        for (Path file : files(root, path -> path.endsWith(Path.of("target", Trials.FILE)))) {
            for (String line : Files.readAllLines(file)) {
                String[] part = line.split("\t");
                sums.computeIfPresent(Promise.valueOf(part[0]), (promise, sum) -> sum.plus(
                        part[1], Long.parseLong(part[2]), Long.parseLong(part[FAILED]), Double.parseDouble(part[4])));
            }
        }
        return sums;
    }

    /** Test classes of the reports with failures or errors. */
    private static List<String> failedTests(Path root) throws IOException {
        var failed = new ArrayList<String>();
        for (Path report : files(root, path -> path.getFileName().toString().matches("TEST-.*\\.xml"))) {
            var suite = SUITE.matcher(Files.readString(report));
            if (suite.find() && !(suite.group(2).equals("0") && suite.group(FAILED).equals("0"))) {
                failed.add(suite.group(1));
            }
        }
        return failed;
    }

    private static List<Path> files(Path root, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.find(root, 5, (path, attributes) -> attributes.isRegularFile())) {
            return all.filter(wanted).sorted().toList();
        }
    }

    private static void write(String title, Map<Promise, Sum> sums, List<String> failures, StringBuilder out) {
        out.append(String.format(Locale.ROOT, "%nTrials, %s%n%14s %7s %8s%n", title, "tried", "failed", "seconds"));
        sums.forEach((promise, sum) -> {
            out.append(String.format(
                    Locale.ROOT, "%,14d %7d %8.0f  %s%n", sum.tried, sum.failed, sum.seconds, promise));
            sum.subjects.forEach((subject, tried) -> out.append(String.format(
                    Locale.ROOT, "%32s %s: %,d%n", "", subject, tried)));
            if (sum.tried == 0) {
                out.append(String.format("%32s NOT TRIED%n", ""));
            }
        });
        failures.forEach(name -> out.append("failed: ").append(name).append('\n'));
    }
}

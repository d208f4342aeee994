package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.nn.onnx.operator.Operators;
import org.junit.jupiter.api.Test;

/**
 * Runs the ONNX project's tests of runtimes and prints, for each operator, how many are right, wrong and refused, and
 * why. Needs the tests on this machine: the package {@code libonnx-testdata} of Debian, or its {@code data} directory
 * named by {@code -Donnx.backend.data}.
 */
class OnnxBackendTest {
    private static final Path DATA = Path.of(System.getProperty("onnx.backend.data"));
    private static final double SHARE = 0.95;

    /** What became of the tests of one operator. */
    private static final class Count {
        private int right;
        private int wrong;
        private final List<String> refused = new ArrayList<>();
    }

    /** Several operators in one graph. */
    private static final String SEVERAL = "(several operators)";

    private final Map<String, Count> listed = new TreeMap<>();
    private final Map<String, Count> others = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();

    @Test
    void theProjectsOwnTestsAreRightOrRefused() throws IOException {
        assertTrue(Files.isDirectory(DATA), "the tests are not on this machine, so nothing was tested: install"
                + " libonnx-testdata, or name its data directory by -Donnx.backend.data; looked in " + DATA);
        for (var one : BackendCase.all(DATA)) {
            add(one);
        }
        print("float32, operators that are supported", listed);
        print("all others", others);
        failures.forEach(failure -> System.out.println("WRONG " + failure));
        int right = listed.values().stream().mapToInt(count -> count.right).sum();
        int all = right + listed.values().stream().mapToInt(count -> count.wrong + count.refused.size()).sum();

        assertEquals(List.of(), failures);
        assertTrue(all > 500, "only " + all + " tests were found");
        assertTrue(right >= SHARE * all, right + " of " + all);
    }

    private void add(BackendCase one) throws IOException {
        var operators = one.operators();
        boolean supported = operators.stream()
                .allMatch(name -> name.equals("Constant") || Operators.names().contains(name));
        var key = operators.size() == 1 ? operators.iterator().next() : SEVERAL;
        var count = (supported && one.isFloat32() ? listed : others).computeIfAbsent(key, first -> new Count());
        try {
            one.run();
            count.right++;
        } catch (AssertionError e) {
            count.wrong++;
            failures.add(one.name() + ": " + e.getMessage());
        } catch (IOException | IllegalArgumentException e) {
            var why = e.getMessage();
            // the name of the file is the same as that of the test
            count.refused.add(why.startsWith(one.name()) ? why : one.name() + ": " + why);
        } catch (RuntimeException e) {
            count.wrong++;
            failures.add(one.name() + ": " + e);
        }
    }

    private static void print(String title, Map<String, Count> counts) {
        System.out.printf(Locale.ROOT, "%n%s%n%-28s %6s %6s %8s%n", title, "operator", "right", "wrong", "refused");
        int[] sums = new int[3];
        counts.forEach((operator, count) -> {
            System.out.printf(Locale.ROOT, "%-28s %6d %6d %8d%n", operator, count.right, count.wrong,
                    count.refused.size());
            count.refused.stream().map(text -> text.length() > 200 ? text.substring(0, 200) + " …" : text)
                    .forEach(text -> System.out.println("    " + text));
            sums[0] += count.right;
            sums[1] += count.wrong;
            sums[2] += count.refused.size();
        });
        System.out.printf(Locale.ROOT, "%-28s %6d %6d %8d%n", "sum", sums[0], sums[1], sums[2]);
    }
}

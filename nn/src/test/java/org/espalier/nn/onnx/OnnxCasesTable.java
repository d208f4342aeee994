package org.espalier.nn.onnx;

import java.io.IOException;
import java.util.Locale;

/**
 * Prints, for every file of {@link OnnxCases}, whether it loads, the largest difference to what is expected (relative
 * for values above 1), and what it became or why it was refused. From the root of the project:
 * {@code mvn -q -Ponnx-cases -pl nn -am process-test-classes}.
 */
public final class OnnxCasesTable {
    private OnnxCasesTable() {}

    /** No arguments. Fails if a valid file is refused or wrong. */
    public static void main(String[] args) throws IOException {
        int right = 0;
        int refused = 0;
        int failed = 0;
        System.out.printf(Locale.ROOT, "%-34s %-8s %10s  %s%n", "file", "result", "difference", "model");
        for (var one : OnnxCases.all()) {
            try {
                var model = one.model();
                double difference = one.difference(model.forward(one.x()));
                boolean same = one.isValid() && difference <= one.tolerance();
                right += same ? 1 : 0;
                failed += same ? 0 : 1;
                print(one, same ? "right" : "WRONG", String.format(Locale.ROOT, "%.1e", difference), model.toString());
            } catch (IOException | IllegalArgumentException e) {
                refused += one.isValid() ? 0 : 1;
                failed += one.isValid() ? 1 : 0;
                var why = e.getMessage();
                print(one, one.isValid() ? "REFUSED" : "refused", "", why.substring(why.indexOf(": ") + 2));
            }
        }
        System.out.printf(Locale.ROOT, "%d right, %d refused that are invalid, %d wrong%n", right, refused, failed);
        if (failed > 0) {
            throw new IllegalStateException(failed + " files are refused or wrong");
        }
    }

    private static void print(OnnxCases.Case one, String result, String difference, String model) {
        System.out.printf(Locale.ROOT, "%-34s %-8s %10s  %s%n", one.name(), result, difference, model);
    }
}

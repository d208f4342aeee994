package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The errors of products that {@code README.md} says, computed: chains, and blocks whose sums are added up. */
class ProductAccuracyTest {
    private static final int[] LENGTHS = {Integer.MAX_VALUE, 4096, 512};

    /** How two rows are filled and how many of them are multiplied. */
    private enum Rows {
        EQUAL("all products 0.01", 1), UNIFORM("uniform in [0, 1)", 20), NORMAL("normal", 20);

        private final String text;
        private final int samples;

        Rows(String text, int samples) {
            this.text = text;
            this.samples = samples;
        }

        float[] draw(Rng rng, int k) {
            return switch (this) {
                case EQUAL -> Tensor.full(Shape.of(k), 0.1f).toArray();
                case UNIFORM -> rng.uniform(Shape.of(k), 0, 1).toArray();
                case NORMAL -> rng.normal(Shape.of(k), 1).toArray();
            };
        }
    }

    @Test
    void theTableOfThePageIsWhatProductsAre() throws IOException {
        var page = Files.readString(Path.of(System.getProperty("basedir", ""), "README.md").toAbsolutePath());
        int rows = 0;
        for (var line : page.lines().filter(line -> line.matches("\\| [\\d,]+, .*\\|.*\\|.*\\|.*\\|")).toList()) {
            var cells = line.split("\\|");
            int k = Integer.parseInt(cells[1].substring(0, cells[1].indexOf(", ")).replace(",", "").strip());
            var kind = kind(cells[1]);
            var errors = errors(kind, k);
            for (int column = 0; column < LENGTHS.length; column++) {
                double said = Double.parseDouble(cells[2 + column].strip());
                // Equal rows have one error; that of random ones is a mean over few of them.
                double tolerance = kind == Rows.EQUAL ? 0.05 : 0.5;
                assertEquals(1, errors[column] / said, tolerance, line + " " + errors[column]);
            }
            rows++;
        }
        assertEquals(5, rows);
    }

    private static Rows kind(String cell) {
        for (var kind : Rows.values()) {
            if (cell.contains(kind.text)) {
                return kind;
            }
        }
        throw new AssertionError("nothing known about " + cell);
    }

    /** The root mean square of the errors, relative to the sum of |ab|, for each length of a block. */
    private static double[] errors(Rows kind, int k) {
        var rng = Rng.of(1);
        var squares = new double[LENGTHS.length];
        for (int i = 0; i < kind.samples; i++) {
            var a = kind.draw(rng, k);
            var b = kind.draw(rng, k);
            double exact = 0;
            double size = 0;
            for (int j = 0; j < k; j++) {
                exact += (double) a[j] * b[j];
                size += Math.abs((double) a[j] * b[j]);
            }
            for (int column = 0; column < LENGTHS.length; column++) {
                double error = (product(a, b, LENGTHS[column]) - exact) / size;
                squares[column] += error * error;
            }
        }
        return Arrays.stream(squares).map(sum -> Math.sqrt(sum / kind.samples)).toArray();
    }

    private static double product(float[] a, float[] b, int length) {
        float sum = 0;
        for (int from = 0; from < a.length; from += Math.min(length, a.length)) {
            int to = (int) Math.min(a.length, (long) from + length);
            var left = Tensor.of(Shape.of(1, to - from), Arrays.copyOfRange(a, from, to));
            var right = Tensor.of(Shape.of(to - from, 1), Arrays.copyOfRange(b, from, to));
            sum += left.matmul(right).item();
        }
        return sum;
    }
}

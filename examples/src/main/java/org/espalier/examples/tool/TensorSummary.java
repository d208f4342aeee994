package org.espalier.examples.tool;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.espalier.io.Json;
import org.espalier.tensor.Shape;

/**
 * The values of a tensor in a line.
 *
 * @param shape its shape
 * @param form how the file holds it
 * @param bytes in the file
 * @param nonzero values that are not zero
 * @param rows values that are not zero in each row of a matrix, if it is one
 * @param odd values that are NaN or infinite
 * @param largest the largest absolute value
 * @param histogram absolute values that are not zero, in twelve bins from 0 to the largest
 */
record TensorSummary(Shape shape, String form, long bytes, long nonzero, Optional<Rows> rows, long odd, float largest,
        String histogram) {
    /** What the columns of {@link #line} are. */
    static final String HEADER = String.format("%-28s %-14s %10s %8s  %-14s %9s  %-22s |w| from 0 to the largest",
            "tensor", "shape", "not zero", "%", "held as", "bytes", "per row: least to most");

    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int BINS = 12;

    /**
     * How the values that are not zero are spread over rows.
     *
     * @param least in any row
     * @param median in the middle row
     * @param most in any row
     * @param empty rows without any
     */
    record Rows(int least, int median, int most, int empty) {
        static Rows of(float[] values, int rows) {
            int width = values.length / rows;
            var counts = new int[rows];
            for (int i = 0; i < values.length; i++) {
                counts[i / width] += values[i] == 0 ? 0 : 1;
            }
            Arrays.sort(counts);
            int empty = (int) Arrays.stream(counts).filter(count -> count == 0).count();
            return new Rows(counts[0], counts[rows / 2], counts[rows - 1], empty);
        }

        @Override
        public String toString() {
            return least + " to " + most + (empty > 0 ? ", " + empty + " empty" : "");
        }
    }

    /** Looks at all values. */
    static TensorSummary of(Shape shape, String form, long bytes, float... values) {
        long nonzero = 0;
        long odd = 0;
        float largest = 0;
        for (float value : values) {
            nonzero += value == 0 ? 0 : 1;
            odd += Float.isFinite(value) ? 0 : 1;
            largest = Float.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
        }
        boolean matrix = shape.rank() == 2 && values.length > 0;
        return new TensorSummary(shape, form, bytes, nonzero,
                matrix ? Optional.of(Rows.of(values, shape.dim(0))) : Optional.empty(), odd, largest,
                histogram(values, largest));
    }

    private static String histogram(float[] values, float largest) {
        var counts = new int[BINS];
        int most = 1;
        for (float value : values) {
            if (value != 0 && Float.isFinite(value)) {
                int bin = Math.min(BINS - 1, (int) (Math.abs(value) / largest * BINS));
                most = Math.max(most, ++counts[bin]);
            }
        }
        var bars = new StringBuilder();
        for (int count : counts) {
            bars.append(count == 0 ? ' ' : BARS.charAt((BARS.length() - 1) * count / most));
        }
        return bars.toString();
    }

    /** How many values there are. */
    long size() {
        return shape.size();
    }

    /** The fraction of values that are zero. */
    double sparsity() {
        return size() == 0 ? 0 : 1 - (double) nonzero / size();
    }

    /** A line for people. */
    String line(String name) {
        return String.format(Locale.ROOT, "%-28s %-14s %10d %8.2f  %-14s %9d  %-22s %s %.4g%s", name, shape, nonzero,
                size() == 0 ? 0 : 100 * (1 - sparsity()), form, bytes, rows.map(Rows::toString).orElse(""), histogram,
                largest, odd > 0 ? ", " + odd + " not finite" : "");
    }

    /** The same for programs. */
    Json.Obj toJson() {
        var json = Json.object()
                .with("shape", Json.array(shape.dims()))
                .with("held_as", form)
                .with("bytes", bytes)
                .with("nonzero", nonzero)
                .with("sparsity", sparsity())
                .with("not_finite", odd)
                .with("largest", largest);
        return rows.isPresent()
                ? json.with("rows", Json.object().with("least", rows.get().least).with("median", rows.get().median)
                        .with("most", rows.get().most).with("empty", rows.get().empty))
                : json;
    }
}

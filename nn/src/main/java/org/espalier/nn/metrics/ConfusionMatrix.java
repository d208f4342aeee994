package org.espalier.nn.metrics;

import java.util.Arrays;
import java.util.Locale;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.tensor.NoGrad;

/** How often samples of each class were taken for each class. An immutable value. */
public final class ConfusionMatrix {
    private final long[][] counts;

    private ConfusionMatrix(long[][] counts) {
        this.counts = counts;
    }

    /**
     * From pairs of classes.
     *
     * @throws IllegalArgumentException if there are not as many predictions as samples
     * @throws IndexOutOfBoundsException if a class is not in [0, classes)
     */
    public static ConfusionMatrix of(int classes, int[] actual, int[] predicted) {
        var counts = new long[classes][classes];
        count(counts, actual, predicted);
        return new ConfusionMatrix(counts);
    }

    /** What the model, in inference, makes of all samples; outputs and targets as for {@link Accuracy}. */
    public static ConfusionMatrix of(int classes, Layer model, Dataset samples) {
        var counts = new long[classes][classes];
        NoGrad.run(() -> {
            for (var batch : DataLoader.of(samples, Metric.ROWS).epoch(0)) {
                var output = model.forward(batch.inputs(), Mode.inference());
                count(counts, Classes.wanted(output, batch.targets()), Classes.predicted(output));
            }
        });
        return new ConfusionMatrix(counts);
    }

    private static void count(long[][] counts, int[] actual, int[] predicted) {
        if (actual.length != predicted.length) {
            throw new IllegalArgumentException(
                    "confusion matrix: " + predicted.length + " predictions for " + actual.length + " samples");
        }
        for (int i = 0; i < actual.length; i++) {
            counts[actual[i]][predicted[i]]++;
        }
    }

    /** How many classes there are. */
    public int classes() {
        return counts.length;
    }

    /** How many samples of class {@code actual} were taken for {@code predicted}. */
    public long count(int actual, int predicted) {
        return counts[actual][predicted];
    }

    /** How many samples there are. */
    public long total() {
        return Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).sum()).sum();
    }

    /** The share of samples whose class is right; NaN without samples. */
    public double accuracy() {
        long right = 0;
        for (int i = 0; i < counts.length; i++) {
            right += counts[i][i];
        }
        return (double) right / total();
    }

    /** The share of the samples of a class that were recognized: its accuracy; NaN if there are none. */
    public double recall(int actual) {
        return (double) counts[actual][actual] / Arrays.stream(counts[actual]).sum();
    }

    /** The share of the samples taken for a class that belong to it; NaN if there are none. */
    public double precision(int predicted) {
        long taken = 0;
        for (long[] row : counts) {
            taken += row[predicted];
        }
        return (double) counts[predicted][predicted] / taken;
    }

    /** A table: a row for each actual class, a column for each predicted one, and the row's recall in percent. */
    @Override
    public String toString() {
        int width = Math.max(4, Long.toString(total()).length() + 1);
        var text = new StringBuilder("actual\\predicted\n      ");
        for (int i = 0; i < counts.length; i++) {
            text.append(String.format(Locale.ROOT, "%" + width + "d", i));
        }
        for (int i = 0; i < counts.length; i++) {
            text.append("\n").append(String.format(Locale.ROOT, "%5d ", i));
            for (long count : counts[i]) {
                text.append(String.format(Locale.ROOT, "%" + width + "d", count));
            }
            text.append(String.format(Locale.ROOT, "  %6.2f %%", 100 * recall(i)));
        }
        return text.toString();
    }
}

package org.espalier.nn.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Tensor;

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

    /**
     * What the model, in inference, makes of all samples; outputs and targets as for {@link Accuracy}, so there are two
     * classes if there is a single output.
     *
     * @throws IndexOutOfBoundsException if a class is not in [0, classes)
     */
    public static ConfusionMatrix of(int classes, Layer model, Dataset samples) {
        var counts = new long[classes][classes];
        float threshold = Outputs.threshold(model);
        forEach(model, samples, (output, target) -> count(counts, Classes.wanted(output, target),
                Classes.predicted(output, threshold)));
        return new ConfusionMatrix(counts);
    }

    /**
     * What the model, in inference, makes of all samples, with as many classes as its outputs tell apart.
     *
     * @throws IllegalArgumentException if there are no samples
     */
    public static ConfusionMatrix of(Layer model, Dataset samples) {
        if (samples.size() == 0) {
            throw new IllegalArgumentException("confusion matrix: there are no samples to count");
        }
        var output = NoGrad.call(() -> model.forward(samples.range(0, 1).inputs(), Mode.inference()));
        Classes.predicted(output, 0);
        return of(Classes.count(output), model, samples);
    }

    /**
     * One matrix for each yes-or-no output, class 1 being yes: for multi-label classification.
     *
     * @throws IllegalArgumentException if there are no samples
     */
    public static List<ConfusionMatrix> perLabel(Layer model, Dataset samples) {
        if (samples.size() == 0) {
            throw new IllegalArgumentException("confusion matrix: there are no samples to count");
        }
        float threshold = Outputs.threshold(model);
        var all = new ArrayList<long[][]>();
        forEach(model, samples, (output, target) -> {
            Loss.requireSameShape("confusion matrix", output, target);
            int[] predicted = Classes.above(output, threshold);
            int[] actual = Classes.above(target, 0.5f);
            int labels = output.size() / output.dim(0);
            while (all.size() < labels) {
                all.add(new long[2][2]);
            }
            for (int i = 0; i < actual.length; i++) {
                all.get(i % labels)[actual[i]][predicted[i]]++;
            }
        });
        return all.stream().map(ConfusionMatrix::new).toList();
    }

    private static void forEach(Layer model, Dataset samples, BiConsumer<Tensor, Tensor> action) {
        NoGrad.run(() -> {
            for (var batch : DataLoader.of(samples, Metric.ROWS).epoch(0)) {
                action.accept(model.forward(batch.inputs(), Mode.inference()), batch.targets());
            }
        });
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

    /** The fraction of samples whose class is right; NaN without samples. */
    public double accuracy() {
        long right = 0;
        for (int i = 0; i < counts.length; i++) {
            right += counts[i][i];
        }
        return (double) right / total();
    }

    /** The fraction of the samples of a class that were recognized: its accuracy; NaN if there are none. */
    public double recall(int actual) {
        return (double) counts[actual][actual] / Arrays.stream(counts[actual]).sum();
    }

    /** The fraction of the samples taken for a class that belong to it; NaN if there are none. */
    public double precision(int predicted) {
        long taken = 0;
        for (long[] row : counts) {
            taken += row[predicted];
        }
        return (double) counts[predicted][predicted] / taken;
    }

    /** F1 of a class, 2·TP / (2·TP + FP + FN); NaN if it neither occurs nor was predicted. */
    public double f1(int ofClass) {
        long others = Arrays.stream(counts[ofClass]).sum();
        for (long[] row : counts) {
            others += row[ofClass];
        }
        return 2.0 * counts[ofClass][ofClass] / others;
    }

    /** A table: a row for each actual class, a column for each predicted one, and the row's recall in percent. */
    @Override
    public String toString() {
        return toString(IntStream.range(0, counts.length).mapToObj(Integer::toString).toList());
    }

    /**
     * The same table with names of the classes.
     *
     * @throws IllegalArgumentException if there are not as many names as classes
     */
    public String toString(List<String> names) {
        if (names.size() != counts.length) {
            throw new IllegalArgumentException(
                    "confusion matrix: " + names.size() + " names for " + counts.length + " classes");
        }
        int longest = names.stream().mapToInt(String::length).max().orElse(0);
        int width = Math.max(Math.max(4, longest + 1), Long.toString(total()).length() + 1);
        int margin = Math.max(5, longest);
        var text = new StringBuilder("actual\\predicted\n").append(" ".repeat(margin + 1));
        for (var name : names) {
            text.append(" ".repeat(width - name.length())).append(name);
        }
        for (int i = 0; i < counts.length; i++) {
            text.append("\n").append(" ".repeat(margin - names.get(i).length())).append(names.get(i)).append(' ');
            for (long count : counts[i]) {
                text.append(String.format(Locale.ROOT, "%" + width + "d", count));
            }
            text.append(String.format(Locale.ROOT, "  %6.2f %%", 100 * recall(i)));
        }
        return text.toString();
    }
}

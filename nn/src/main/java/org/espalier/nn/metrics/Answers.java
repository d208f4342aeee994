package org.espalier.nn.metrics;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Tensor;

/** For which samples a model's class is right. An immutable value. */
public final class Answers {
    private final boolean[] right;

    private Answers(boolean[] right) {
        this.right = right;
    }

    /** Whether each sample is right. */
    public static Answers of(boolean... right) {
        return new Answers(right.clone());
    }

    /** What a model in inference makes of samples; outputs and targets as for {@link Accuracy}. */
    public static Answers of(Layer model, Dataset samples) {
        float threshold = Outputs.threshold(model);
        return of(model, samples, (output, target) -> {
            int[] predicted = Classes.predicted(output, threshold);
            int[] wanted = Classes.wanted(output, target);
            return row -> predicted[row] == wanted[row];
        });
    }

    /** The same for multi-label classification: a sample is right if all its labels are. */
    public static Answers ofLabels(Layer model, Dataset samples) {
        float threshold = Outputs.threshold(model);
        return of(model, samples, (output, target) -> {
            int[] each = LabelAccuracy.right(output, target, threshold);
            return row -> each[row] == output.size() / each.length;
        });
    }

    private static Answers of(
            Layer model, Dataset samples, BiFunction<Tensor, Tensor, IntPredicate> rightRows) {
        var right = new boolean[samples.size()];
        NoGrad.run(() -> {
            int done = 0;
            for (var batch : DataLoader.of(samples, Metric.ROWS).epoch(0)) {
                var isRight = rightRows.apply(model.forward(batch.inputs(), Mode.inference()), batch.targets());
                for (int row = 0; row < batch.size(); row++) {
                    right[done++] = isRight.test(row);
                }
            }
        });
        return new Answers(right);
    }

    /** How many samples there are. */
    public int samples() {
        return right.length;
    }

    /** Whether sample {@code i} is right. */
    public boolean isRight(int i) {
        return right[i];
    }

    /** The fraction that is right; NaN without samples. */
    public double accuracy() {
        int count = 0;
        for (boolean one : right) {
            count += one ? 1 : 0;
        }
        return (double) count / right.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answers that && Arrays.equals(right, that.right);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(right);
    }

    /** For example {@code Answers(9801 of 10000 right)}. */
    @Override
    public String toString() {
        return "Answers(" + Math.round(accuracy() * right.length) + " of " + right.length + " right)";
    }
}

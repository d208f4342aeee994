package org.espalier.nn.metrics;

import java.util.Arrays;
import java.util.BitSet;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.tensor.NoGrad;

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
        var right = new BitSet();
        NoGrad.run(() -> {
            int done = 0;
            for (var batch : DataLoader.of(samples, Metric.ROWS).epoch(0)) {
                var output = model.forward(batch.inputs(), Mode.inference());
                for (int row = 0; row < output.dim(0); row++) {
                    var one = Metric.accuracy().start();
                    one.add(output.slice(0, row, row + 1), batch.targets().slice(0, row, row + 1));
                    right.set(done++, one.value() > 0);
                }
            }
        });
        var answers = new boolean[samples.size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = right.get(i);
        }
        return new Answers(answers);
    }

    /** How many samples there are. */
    public int samples() {
        return right.length;
    }

    /** Whether sample {@code i} is right. */
    public boolean isRight(int i) {
        return right[i];
    }

    /** The share that is right; NaN without samples. */
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

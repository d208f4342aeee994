package org.espalier.nn.metrics;

import java.util.Locale;
import org.espalier.nn.Layer;
import org.espalier.tensor.Tensor;

/**
 * The fraction of samples whose class is right. Outputs are logits or probabilities [batch, classes], targets class
 * labels [batch] or distributions [batch, classes]; or one output per sample, [batch] or [batch, 1], for targets 0
 * and 1. The predicted class is that of {@code InferenceModel.classify}. An output that is NaN is an error, {@link
 * IllegalArgumentException}, not a wrong answer; targets of several labels are refused.
 *
 * @param threshold above which a single output is class 1: 0 for logits, ½ for probabilities
 */
public record Accuracy(float threshold) implements Metric {
    @Override
    public String name() {
        return "accuracy";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public Accuracy on(Layer model) {
        return new Accuracy(Outputs.threshold(model));
    }

    @Override
    public String format(double score) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * score);
    }

    @Override
    public Tally start() {
        return new Tally() {
            private long right;
            private long total;

            @Override
            public void add(Tensor output, Tensor target) {
                int[] predicted = Classes.predicted(output, threshold);
                int[] wanted = Classes.wanted(output, target);
                for (int i = 0; i < wanted.length; i++) {
                    right += predicted[i] == wanted[i] ? 1 : 0;
                }
                total += wanted.length;
            }

            @Override
            public double value() {
                return (double) right / total;
            }
        };
    }
}

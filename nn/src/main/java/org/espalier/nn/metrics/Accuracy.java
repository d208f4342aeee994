package org.espalier.nn.metrics;

import java.util.Locale;
import org.espalier.tensor.Tensor;

/**
 * The share of samples whose class is right. Outputs are logits or probabilities [batch, classes], targets class
 * numbers [batch] or distributions [batch, classes]; or one logit per sample, [batch] or [batch, 1], for targets 0
 * and 1. An output that is NaN is an error, {@link IllegalArgumentException}, not a wrong answer.
 */
public record Accuracy() implements Metric {
    @Override
    public String name() {
        return "accuracy";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
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
                int[] predicted = Classes.predicted(output);
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

package org.espalier.nn.metrics;

import java.util.Locale;
import org.espalier.tensor.Tensor;

/**
 * The share of samples whose class is among the k largest outputs [batch, classes]; targets as for {@link Accuracy}.
 *
 * @param k how many guesses count; at most the number of classes
 */
public record TopKAccuracy(int k) implements Metric {
    /** Checks k; throws {@link IllegalArgumentException}. */
    public TopKAccuracy {
        if (k < 1) {
            throw new IllegalArgumentException("top-k accuracy: k must be at least 1, not " + k);
        }
    }

    @Override
    public String name() {
        return "top-" + k + " accuracy";
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
                int[] guesses = output.topK(k).indices();
                int[] wanted = Classes.wanted(output, target);
                for (int i = 0; i < guesses.length; i++) {
                    right += guesses[i] == wanted[i / k] ? 1 : 0;
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

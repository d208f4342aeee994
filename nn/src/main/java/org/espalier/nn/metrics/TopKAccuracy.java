package org.espalier.nn.metrics;

import java.util.Locale;
import org.espalier.nn.Layer;
import org.espalier.tensor.Tensor;

/**
 * The fraction of samples whose class is among the k largest outputs [batch, classes]; targets as for {@link Accuracy}.
 * A single output per sample tells two classes apart.
 *
 * @param k how many guesses count; at most the number of classes
 * @param threshold above which a single output is class 1: 0 for logits, ½ for probabilities
 */
public record TopKAccuracy(int k, float threshold) implements Metric {
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
    public TopKAccuracy on(Layer model) {
        return new TopKAccuracy(k, Outputs.threshold(model));
    }

    @Override
    public String format(double score) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * score);
    }

    private int[] guesses(Tensor output) {
        if (k > 1 && Classes.isBinary(output)) {
            throw new IllegalArgumentException(
                    "top-" + k + " accuracy: a single output " + output.shape() + " gives one guess; use k = 1");
        }
        return k == 1 ? Classes.predicted(output, threshold) : output.topK(k).indices();
    }

    @Override
    public Tally start() {
        return new Tally() {
            private long right;
            private long total;

            @Override
            public void add(Tensor output, Tensor target) {
                int[] guesses = guesses(output);
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

package org.espalier.nn.metrics;

import java.util.Locale;
import org.espalier.nn.Layer;
import org.espalier.nn.loss.Loss;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * How often yes-or-no outputs are right, as multi-label classification has them. Outputs and targets have one shape,
 * [batch, …]; a target above ½ is a yes.
 *
 * @param wholeSamples whether a sample is right only if all its labels are (subset accuracy, exact match); otherwise
 *     every label counts alone
 * @param threshold above which an output is a yes: 0 for logits, ½ for probabilities
 */
public record LabelAccuracy(boolean wholeSamples, float threshold) implements Metric {
    @Override
    public String name() {
        return wholeSamples ? "subset accuracy" : "label accuracy";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public LabelAccuracy on(Layer model) {
        return new LabelAccuracy(wholeSamples, Outputs.threshold(model));
    }

    @Override
    public String format(double score) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * score);
    }

    /** How many labels of each row are right; throws {@link ShapeException} if the shapes differ. */
    static int[] right(Tensor output, Tensor target, float threshold) {
        Loss.requireSameShape("label accuracy", output, target);
        if (output.rank() == 0) {
            throw new ShapeException("label accuracy: needs outputs [batch, …]");
        }
        int[] predicted = Classes.above(output, threshold);
        int[] wanted = Classes.above(target, 0.5f);
        var right = new int[output.dim(0)];
        for (int i = 0; i < predicted.length; i++) {
            right[i / (predicted.length / right.length)] += predicted[i] == wanted[i] ? 1 : 0;
        }
        return right;
    }

    @Override
    public Tally start() {
        return new Tally() {
            private long right;
            private long total;

            @Override
            public void add(Tensor output, Tensor target) {
                int[] each = right(output, target, threshold);
                int labels = each.length == 0 ? 0 : output.size() / each.length;
                for (int count : each) {
                    right += !wholeSamples ? count : count == labels ? 1 : 0;
                    total += wholeSamples ? 1 : labels;
                }
            }

            @Override
            public double value() {
                return (double) right / total;
            }
        };
    }
}

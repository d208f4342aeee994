package org.espalier.nn.metrics;

import org.espalier.nn.Labels;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The classes of outputs and targets: the same as {@code InferenceModel.classify} gives. A single output
 * per row, [batch] or [batch, 1], is class 1 above a threshold and else class 0; of several, [batch, classes], the
 * largest counts, the first of equals.
 */
final class Classes {
    /** How far the sum of a distribution may be from 1. */
    private static final double ROUNDING = 1e-3;

    private Classes() {}

    /**
     * The predicted class of each row.
     *
     * @throws ShapeException if the output is neither [batch] nor [batch, classes]
     * @throws IllegalArgumentException if an output is NaN
     */
    static int[] predicted(Tensor output, float threshold) {
        if (output.rank() != 1 && output.rank() != 2) {
            throw new ShapeException("metric: needs outputs [batch] or [batch, classes], not " + output.shape());
        }
        return isBinary(output) ? above(output, threshold) : output.argmax();
    }

    /**
     * The true class of each row: its label, or the largest of a distribution of the output's shape. For a single
     * output a target above ½ is class 1.
     *
     * @throws ShapeException if the target fits no output of this shape, or a row of it is no distribution
     */
    static int[] wanted(Tensor output, Tensor target) {
        int rows = output.dim(0);
        if (isBinary(output) && target.size() == rows) {
            return above(target, 0.5f);
        }
        if (target.rank() == 2 && target.shape().equals(output.shape())) {
            requireDistributions(target);
            return target.argmax();
        }
        if (target.rank() != 1 || target.dim(0) != rows || isBinary(output)) {
            throw new ShapeException("metric: outputs " + output.shape() + " need classes [" + rows
                    + "] or distributions " + output.shape() + ", not " + target.shape());
        }
        return Labels.toArray(target, "metric", output.dim(1));
    }

    /** How many classes outputs of this shape tell apart: 2 for a single one. */
    static int count(Tensor output) {
        return isBinary(output) ? 2 : output.dim(1);
    }

    /** Whether there is one output per row. */
    static boolean isBinary(Tensor output) {
        return output.rank() == 1 || output.rank() == 2 && output.dim(1) == 1;
    }

    /** 1 above the threshold, else 0, for each element; throws {@link IllegalArgumentException} for NaN. */
    static int[] above(Tensor values, float threshold) {
        float[] elements = Storage.array(values);
        var classes = new int[elements.length];
        for (int i = 0; i < classes.length; i++) {
            if (Float.isNaN(elements[i])) {
                throw new IllegalArgumentException("metric: element " + i + " of " + values.shape()
                        + " is NaN, which is not a class");
            }
            classes[i] = elements[i] > threshold ? 1 : 0;
        }
        return classes;
    }

    private static void requireDistributions(Tensor target) {
        float[] elements = Storage.array(target);
        int width = target.dim(1);
        for (int row = 0; row < target.dim(0); row++) {
            double sum = 0;
            for (int i = 0; i < width; i++) {
                sum += elements[row * width + i];
            }
            if (!(Math.abs(sum - 1) <= ROUNDING)) {
                throw new ShapeException("metric: targets of several classes are labels or distributions, but row "
                        + row + " of " + target.shape() + " sums to " + sum + "; for several labels per row use"
                        + " Metric.labelAccuracy() or Metric.subsetAccuracy()");
            }
        }
    }
}

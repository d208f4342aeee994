package org.espalier.nn.metrics;

import org.espalier.nn.Labels;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** The classes that outputs and targets stand for. */
final class Classes {
    private Classes() {}

    /** The largest output of each row [batch, classes]; of a single logit per row, whether it is above 0. */
    static int[] predicted(Tensor output) {
        if (output.rank() == 0) {
            throw new ShapeException("metric: outputs need a batch axis");
        }
        return isBinary(output) ? aboveThreshold(output, 0) : output.argmax();
    }

    /** Class numbers [batch], or the largest of each row of a distribution of the output's shape. */
    static int[] wanted(Tensor output, Tensor target) {
        int rows = output.dim(0);
        if (isBinary(output) && target.size() == rows) {
            return aboveThreshold(target, 0.5f);
        }
        if (target.shape().equals(output.shape())) {
            return target.argmax();
        }
        if (target.rank() != 1 || target.dim(0) != rows) {
            throw new ShapeException("metric: outputs " + output.shape() + " need classes [" + rows
                    + "] or distributions " + output.shape() + ", not " + target.shape());
        }
        return Labels.toArray(target, "metric", output.dim(1));
    }

    private static boolean isBinary(Tensor output) {
        return output.rank() == 1 || output.rank() == 2 && output.dim(1) == 1;
    }

    private static int[] aboveThreshold(Tensor values, float threshold) {
        float[] elements = Storage.array(values);
        var classes = new int[elements.length];
        for (int i = 0; i < classes.length; i++) {
            if (Float.isNaN(elements[i])) {
                throw new IllegalArgumentException("metric: NaN in row " + i + " is no class");
            }
            classes[i] = elements[i] > threshold ? 1 : 0;
        }
        return classes;
    }
}

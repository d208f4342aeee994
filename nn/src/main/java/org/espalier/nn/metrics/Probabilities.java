package org.espalier.nn.metrics;

import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Outputs as probabilities of classes, in double precision. */
final class Probabilities {
    private Probabilities() {}

    /**
     * The logarithms of the probabilities of each row's classes: log softmax of logits [batch, classes]; of a single
     * output, the classes 0 and 1.
     *
     * @param given whether the outputs are probabilities already
     */
    static double[][] logarithms(Tensor output, boolean given) {
        if (output.rank() != 1 && output.rank() != 2) {
            throw new ShapeException("metric: needs outputs [batch] or [batch, classes], not " + output.shape());
        }
        int rows = output.dim(0);
        int width = Classes.isBinary(output) ? 1 : output.dim(1);
        float[] elements = Storage.array(output);
        var all = new double[rows][];
        for (int row = 0; row < rows; row++) {
            all[row] = width == 1 ? ofOne(elements[row], given) : ofRow(elements, row * width, width, given);
            for (double one : all[row]) {
                if (Double.isNaN(one)) {
                    throw new IllegalArgumentException("metric: the outputs of row " + row + " give no probability:"
                            + " one is NaN, infinite or outside [0, 1]");
                }
            }
        }
        return all;
    }

    /** The logarithms of the probabilities of no and yes. */
    static double[] ofOne(double output, boolean given) {
        return given
                ? new double[] {StrictMath.log(1 - output), StrictMath.log(output)}
                : new double[] {-softplus(output), -softplus(-output)};
    }

    private static double[] ofRow(float[] outputs, int from, int width, boolean given) {
        var row = new double[width];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < width; i++) {
            row[i] = given ? StrictMath.log(outputs[from + i]) : outputs[from + i];
            largest = Math.max(largest, row[i]);
        }
        if (!given) {
            double sum = 0;
            for (double logit : row) {
                sum += StrictMath.exp(logit - largest);
            }
            double norm = largest + StrictMath.log(sum);
            for (int i = 0; i < width; i++) {
                row[i] -= norm;
            }
        }
        return row;
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }
}

package org.espalier.nn.metrics;

import org.espalier.nn.Layer;
import org.espalier.tensor.Tensor;

/**
 * Expected calibration error: samples are sorted into bins of equal width by the probability of the predicted class;
 * the distance between the mean probability and the fraction of right answers in each bin, averaged with the sizes of
 * the bins as weights. 0 if an answer given with 80 % is right 80 times in 100. Reference: Guo, Pleiss, Sun and
 * Weinberger, ICML 2017, arXiv 1706.04599.
 *
 * @param bins how many bins (0, 1/bins], …, (1 − 1/bins, 1]
 * @param probabilities whether outputs are probabilities; otherwise they are logits
 */
public record CalibrationError(int bins, boolean probabilities) implements Metric {
    /** Checks the bins; throws {@link IllegalArgumentException}. */
    public CalibrationError {
        if (bins < 1) {
            throw new IllegalArgumentException("calibration error: needs at least one bin, not " + bins);
        }
    }

    @Override
    public String name() {
        return "calibration error";
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public CalibrationError on(Layer model) {
        return new CalibrationError(bins, Outputs.areProbabilities(model));
    }

    @Override
    public Tally start() {
        return new Tally() {
            private final double[] confidence = new double[bins];
            private final long[] right = new long[bins];
            private long total;

            @Override
            public void add(Tensor output, Tensor target) {
                int[] wanted = Classes.wanted(output, target);
                double[][] logarithms = Probabilities.logarithms(output, probabilities);
                for (int row = 0; row < wanted.length; row++) {
                    int best = 0;
                    for (int i = 1; i < logarithms[row].length; i++) {
                        best = logarithms[row][i] > logarithms[row][best] ? i : best;
                    }
                    double p = StrictMath.exp(logarithms[row][best]);
                    int bin = Math.max(0, Math.min(bins, (int) Math.ceil(p * bins)) - 1);
                    confidence[bin] += p;
                    right[bin] += best == wanted[row] ? 1 : 0;
                }
                total += wanted.length;
            }

            @Override
            public double value() {
                double sum = 0;
                for (int i = 0; i < bins; i++) {
                    sum += Math.abs(confidence[i] - right[i]);
                }
                return sum / total;
            }
        };
    }
}

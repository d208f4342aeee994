package org.espalier.nn.metrics;

import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The coefficient of determination 1 − Σ(y − ŷ)² / Σ(y − ȳ)² of a regression, averaged over the outputs: 1 is perfect,
 * 0 no better than the mean. For an output whose targets are all equal it is 1 if every prediction is exact and else 0.
 * Sums are in double precision; the spread of the targets is gathered in one pass (Welford 1962).
 */
public record RSquared() implements Metric {
    @Override
    public String name() {
        return "R²";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public Tally start() {
        return new Sums();
    }

    private static final class Sums implements Tally {
        private long rows;
        private double[] mean;
        private double[] spread;
        private double[] residual;

        @Override
        public void add(Tensor output, Tensor target) {
            if (!output.shape().equals(target.shape()) || output.rank() == 0) {
                throw new ShapeException(
                        "R²: output " + output.shape() + " and target " + target.shape() + " must have one shape");
            }
            int count = output.dim(0);
            if (count == 0) {
                return;
            }
            int width = output.size() / count;
            if (mean == null) {
                mean = new double[width];
                spread = new double[width];
                residual = new double[width];
            }
            float[] wanted = Storage.array(target);
            float[] given = Storage.array(output);
            for (int row = 0; row < count; row++) {
                rows++;
                for (int i = 0; i < width; i++) {
                    double y = wanted[row * width + i];
                    double error = y - given[row * width + i];
                    double delta = y - mean[i];
                    mean[i] += delta / rows;
                    spread[i] += delta * (y - mean[i]);
                    residual[i] += error * error;
                }
            }
        }

        @Override
        public double value() {
            if (rows == 0) {
                return Double.NaN;
            }
            double sum = 0;
            for (int i = 0; i < mean.length; i++) {
                double constant = residual[i] == 0 ? 1 : 0;
                sum += spread[i] == 0 ? constant : 1 - residual[i] / spread[i];
            }
            return sum / mean.length;
        }
    }
}

package org.espalier.nn.data;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Brings every feature to mean 0 and deviation 1, as measured on the training samples; a feature that is constant there
 * is only shifted.
 *
 * @param mean one value per feature, in the shape of a sample
 * @param deviation the same; above 0
 */
public record Standardize(Tensor mean, Tensor deviation) implements Transform {
    private static final int ROWS = 512;

    /** Checks the shapes; throws {@link ShapeException}. */
    public Standardize {
        if (!mean.shape().equals(deviation.shape())) {
            throw new ShapeException(
                    "standardize: means " + mean.shape() + " and deviations " + deviation.shape() + " must be alike");
        }
    }

    /**
     * Measures means and (population) deviations in double precision, in two passes over the samples.
     *
     * @throws IllegalArgumentException if there are no samples
     */
    public static Standardize fit(Dataset samples) {
        if (samples.size() == 0) {
            throw new IllegalArgumentException("standardize: there are no samples to measure");
        }
        var first = samples.batch(0).inputs();
        double[] mean = average(samples, first.size(), new double[first.size()], false);
        double[] variance = average(samples, first.size(), mean, true);
        var means = new float[mean.length];
        var deviations = new float[mean.length];
        for (int i = 0; i < mean.length; i++) {
            means[i] = (float) mean[i];
            float deviation = (float) Math.sqrt(variance[i]);
            deviations[i] = deviation == 0 ? 1 : deviation;
        }
        int[] dims = first.shape().dims();
        var sample = Shape.of(java.util.Arrays.copyOfRange(dims, 1, dims.length));
        return new Standardize(Storage.adopt(sample, means), Storage.adopt(sample, deviations));
    }

    /** The average of x − center, or of its square, for each feature. */
    private static double[] average(Dataset samples, int features, double[] center, boolean squared) {
        var sum = new double[features];
        for (int from = 0; from < samples.size(); from += ROWS) {
            var inputs = samples.range(from, Math.min(samples.size(), from + ROWS)).inputs();
            float[] x = Storage.array(inputs);
            for (int i = 0; i < x.length; i++) {
                double d = x[i] - center[i % features];
                sum[i % features] += squared ? d * d : d;
            }
        }
        for (int i = 0; i < features; i++) {
            sum[i] /= samples.size();
        }
        return sum;
    }

    @Override
    public Tensor apply(Tensor inputs) {
        return inputs.minus(mean).div(deviation);
    }
}

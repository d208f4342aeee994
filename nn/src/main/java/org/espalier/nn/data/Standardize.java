package org.espalier.nn.data;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Brings every feature to mean 0 and standard deviation 1, as measured on the training samples; a feature that is
 * constant there is only shifted.
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
                    "standardize: means " + mean.shape() + " and standard deviations " + deviation.shape()
                            + " must be alike");
        }
    }

    /**
     * Measures means and (population) standard deviations in double precision, in two passes over the samples. Missing
     * values, NaN, are left out; they stay NaN when samples are transformed.
     *
     * @throws IllegalArgumentException if there are no samples, a feature has no value in any of them, or a value is
     *     infinite
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

    /** The average of x − center, or of its square, for each feature, over the samples that have a value. */
    private static double[] average(Dataset samples, int features, double[] center, boolean squared) {
        var sum = new double[features];
        var counts = new long[features];
        for (int from = 0; from < samples.size(); from += ROWS) {
            var inputs = samples.range(from, Math.min(samples.size(), from + ROWS)).inputs();
            float[] x = Storage.array(inputs);
            for (int i = 0; i < x.length; i++) {
                int feature = i % features;
                if (Float.isInfinite(x[i])) {
                    throw new IllegalArgumentException("standardize: feature " + feature + " of sample "
                            + (from + i / features) + " is infinite");
                }
                if (!Float.isNaN(x[i])) {
                    double d = x[i] - center[feature];
                    sum[feature] += squared ? d * d : d;
                    counts[feature]++;
                }
            }
        }
        for (int i = 0; i < features; i++) {
            if (counts[i] == 0) {
                throw new IllegalArgumentException(
                        "standardize: feature " + i + " is NaN in every sample; leave it out");
            }
            sum[i] /= counts[i];
        }
        return sum;
    }

    @Override
    public Tensor apply(Tensor inputs) {
        return inputs.minus(mean).div(deviation);
    }
}

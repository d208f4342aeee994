package org.espalier.nn.metrics;

import java.util.Arrays;
import java.util.Locale;
import org.espalier.tensor.Rng;

/**
 * A mean and where it may lie.
 *
 * @param mean the mean of the values
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double mean, double low, double high) {
    /**
     * The t interval of the mean of independent values, such as one for each seed: mean ± t·s/√n. Of a single value,
     * from −∞ to ∞.
     *
     * @param confidence such as 0.95
     * @throws IllegalArgumentException if there are no values or the confidence is not in (0, 1)
     */
    public static Interval ofMean(double confidence, double... values) {
        require(confidence, values.length);
        double mean = mean(values);
        if (values.length == 1) {
            return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        int freedom = values.length - 1;
        double error = Math.sqrt(squares / freedom / values.length);
        double half = error * StudentT.quantile(1 - (1 - confidence) / 2, freedom);
        return new Interval(mean, mean - half, mean + half);
    }

    /**
     * The percentile bootstrap interval of the mean: as many values are drawn with replacement, repeatedly, and
     * the middle share of the means is the interval. Reference: Efron and Tibshirani 1993, "An Introduction to the
     * Bootstrap", chapter 13.
     *
     * @param confidence such as 0.95
     * @param resamples how many times, for example 10,000
     * @param seed of what is drawn
     * @throws IllegalArgumentException as {@link #ofMean}, or if {@code resamples} is not positive
     */
    public static Interval bootstrap(double confidence, int resamples, long seed, double... values) {
        require(confidence, values.length);
        if (resamples < 1) {
            throw new IllegalArgumentException("a bootstrap draws at least once, not " + resamples + " times");
        }
        return ofDrawn(confidence, mean(values), bootstrapMeans(resamples, seed, values));
    }

    /** The middle fraction of means that were drawn. */
    static Interval ofDrawn(double confidence, double mean, double... means) {
        double[] sorted = means.clone();
        Arrays.sort(sorted);
        double tail = (1 - confidence) / 2;
        return new Interval(mean, percentile(sorted, tail), percentile(sorted, 1 - tail));
    }

    /** The means of a number of draws. */
    static double[] bootstrapMeans(int resamples, long seed, double[] values) {
        var rng = Rng.of(seed);
        var means = new double[resamples];
        for (int i = 0; i < resamples; i++) {
            double sum = 0;
            for (int j = 0; j < values.length; j++) {
                sum += values[rng.nextInt(values.length)];
            }
            means[i] = sum / values.length;
        }
        return means;
    }

    /** Linear between the two nearest of sorted values. */
    private static double percentile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    static double mean(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static void require(double confidence, int values) {
        if (values == 0) {
            throw new IllegalArgumentException("no values have a mean");
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence is in (0, 1), not " + confidence);
        }
    }

    /** For example {@code 0.98010 [0.97950, 0.98070]}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.5f [%.5f, %.5f]", mean, low, high);
    }
}

package org.espalier.nn.metrics;

/**
 * Student's t distribution. For t with ν degrees of freedom P(T ≤ −|t|) = ½·I_x(ν/2, ½) with x = ν/(ν + t²), I the
 * regularized incomplete beta function. For odd and even ν it is a finite sum (Abramowitz and Stegun 26.7.3 and
 * 26.7.4), so nothing is approximated but the rounding.
 */
final class StudentT {
    private StudentT() {}

    /** P(T ≤ t) with {@code degrees} of freedom, at least 1. */
    static double probability(double t, int freedom) {
        double angle = StrictMath.atan(Math.abs(t) / Math.sqrt(freedom));
        double cos = StrictMath.cos(angle);
        double square = cos * cos;
        // P(−t < T < t): 26.7.3 for odd degrees, 26.7.4 for even ones.
        double within;
        double term = freedom % 2 == 1 ? cos : 1;
        double sum = 0;
        for (int k = freedom % 2 == 1 ? 3 : 2; k <= freedom; k += 2) {
            sum += term;
            term *= square * (k - 1) / k;
        }
        if (freedom % 2 == 1) {
            within = 2 / Math.PI * (angle + StrictMath.sin(angle) * sum);
        } else {
            within = StrictMath.sin(angle) * sum;
        }
        return t < 0 ? (1 - within) / 2 : (1 + within) / 2;
    }

    /** The t of a probability in (0, 1), by bisection. */
    static double quantile(double probability, int freedom) {
        double high = 1;
        while (probability(high, freedom) < Math.max(probability, 1 - probability)) {
            high *= 2;
        }
        double low = 0;
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            boolean below = probability(middle, freedom) < Math.max(probability, 1 - probability);
            low = below ? middle : low;
            high = below ? high : middle;
        }
        return probability < 0.5 ? -high : high;
    }
}

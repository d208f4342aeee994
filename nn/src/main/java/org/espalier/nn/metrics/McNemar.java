package org.espalier.nn.metrics;

/**
 * Whether two models are right equally often on the same samples: McNemar's test. Samples that both have right or both
 * wrong say nothing. If the models are equally good, each of the others is a fair coin, so their number is binomial
 * with ½; the test is exact for any number. Reference: McNemar, Psychometrika 1947; for classifiers, Dietterich, Neural
 * Computation 1998.
 *
 * @param onlyFirst samples that only the first model has right
 * @param onlySecond samples that only the second has right
 */
public record McNemar(long onlyFirst, long onlySecond) {
    /** Refuses negative counts. */
    public McNemar {
        if (onlyFirst < 0 || onlySecond < 0) {
            throw new IllegalArgumentException("counts cannot be negative: " + onlyFirst + ", " + onlySecond);
        }
    }

    /**
     * Counts.
     *
     * @throws IllegalArgumentException if they are not of the same number of samples
     */
    public static McNemar of(Answers first, Answers second) {
        requirePaired(first, second);
        long onlyFirst = 0;
        long onlySecond = 0;
        for (int i = 0; i < first.samples(); i++) {
            onlyFirst += first.isRight(i) && !second.isRight(i) ? 1 : 0;
            onlySecond += second.isRight(i) && !first.isRight(i) ? 1 : 0;
        }
        return new McNemar(onlyFirst, onlySecond);
    }

    static void requirePaired(Answers first, Answers second) {
        if (first.samples() != second.samples()) {
            throw new IllegalArgumentException("answers to " + first.samples() + " samples cannot be paired with those "
                    + "to "
                    + second.samples());
        }
    }

    /**
     * The two-sided p-value: the chance of counts at least as unequal if the models are equally good. 2·P(X ≤ the
     * smaller count), X binomial with the sum of both and ½; at most 1.
     */
    public double pValue() {
        long n = onlyFirst + onlySecond;
        long least = Math.min(onlyFirst, onlySecond);
        // Terms from the largest down, each by the one before: log C(n, k) = log C(n, k + 1) + log (k + 1)/(n − k).
        double logarithm = -n * StrictMath.log(2);
        for (long k = 0; k < least; k++) {
            logarithm += StrictMath.log((double) (n - k) / (k + 1));
        }
        double sum = 0;
        double term = 1;
        for (long k = least; k >= 0 && term > 0; k--) {
            sum += term;
            term *= (double) k / (n - k + 1);
        }
        return Math.min(1, 2 * sum * StrictMath.exp(logarithm));
    }
}

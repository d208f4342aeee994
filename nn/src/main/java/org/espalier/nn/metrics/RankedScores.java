package org.espalier.nn.metrics;

import java.util.Arrays;

/** The scores of positive and of negative samples, and how well they separate the two. */
final class RankedScores {
    private double[] positives = new double[16];
    private double[] negatives = new double[16];
    private int positive;
    private int negative;
    private boolean sorted;

    void add(double score, boolean isPositive) {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException("metric: an output is NaN, which has no rank");
        }
        sorted = false;
        if (isPositive) {
            positives = positive == positives.length ? Arrays.copyOf(positives, 2 * positive) : positives;
            positives[positive++] = score;
        } else {
            negatives = negative == negatives.length ? Arrays.copyOf(negatives, 2 * negative) : negatives;
            negatives[negative++] = score;
        }
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(positives, 0, positive);
            Arrays.sort(negatives, 0, negative);
            sorted = true;
        }
    }

    /**
     * The area under the ROC curve: the fraction of pairs of a positive and a negative sample in which the positive has
     * the higher score, ties counting half (Hanley and McNeil 1982). NaN without positives or without negatives.
     */
    double areaUnderRoc() {
        sort();
        double won = 0;
        int below = 0;
        int notAbove = 0;
        for (int i = 0; i < positive; i++) {
            while (below < negative && negatives[below] < positives[i]) {
                below++;
            }
            notAbove = Math.max(notAbove, below);
            while (notAbove < negative && negatives[notAbove] == positives[i]) {
                notAbove++;
            }
            won += (below + notAbove) / 2.0;
        }
        return won / ((double) positive * negative);
    }

    /**
     * Average precision, Σ (Rᵢ − Rᵢ₋₁)·Pᵢ over the distinct scores from the highest down, P being precision and R
     * recall at that threshold. NaN without positives.
     */
    double averagePrecision() {
        sort();
        double sum = 0;
        int p = positive;
        int n = negative;
        while (p > 0) {
            double score = positives[p - 1];
            int before = p;
            while (p > 0 && positives[p - 1] == score) {
                p--;
            }
            while (n > 0 && negatives[n - 1] >= score) {
                n--;
            }
            double found = positive - p;
            sum += (before - p) * found / (found + negative - n);
        }
        return positive == 0 ? Double.NaN : sum / positive;
    }
}

package org.espalier.prune.criterion;

import java.util.Map;

/**
 * Filter pruning via geometric median: the sum of a neuron's Euclidean distances to the other neurons of its layer,
 * Σⱼ ‖wᵢ − wⱼ‖₂. The smallest are the most replaceable and go first.
 *
 * <p>Neurons are points in the space of their input weights. A neuron whose weights are all masked or zero is no point:
 * it takes no part in the sums of the others, or a crowd of dead neurons would make the origin the median; its own
 * score is 0. Cost: out²·in/2 in double precision. The published form (He et al., CVPR 2019, arXiv 1811.00250) is for
 * convolution filters; rows of a matrix are its literal analogue, and no norm stage is mixed in.
 */
public record Fpgm() implements Criterion {
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        return context.forEach(target -> Scores.ofNeurons(text(), distances(target)));
    }

    private static double[] distances(Target target) {
        float[] weights = target.elements();
        int rows = target.out();
        int columns = target.in();
        var alive = new boolean[rows];
        for (int i = 0; i < weights.length; i++) {
            alive[i / columns] |= weights[i] != 0;
        }
        var sums = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < i; j++) {
                if (alive[i] && alive[j]) {
                    double distance = distance(weights, i * columns, j * columns, columns);
                    sums[i] += distance;
                    sums[j] += distance;
                }
            }
        }
        return sums;
    }

    private static double distance(float[] weights, int a, int b, int length) {
        double sum = 0;
        for (int k = 0; k < length; k++) {
            double difference = (double) weights[a + k] - weights[b + k];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    @Override
    public String text() {
        return "fpgm";
    }
}

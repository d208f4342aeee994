package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.sparsity.SparsityPattern;

/**
 * Filter pruning via geometric median: the sum of a neuron's Euclidean distances to the other neurons of its layer,
 * Σⱼ ‖wᵢ − wⱼ‖₂. The smallest are the most replaceable and go first.
 *
 * <p>Neurons are points in the space of their input weights. A neuron whose weights are all masked or zero is no point:
 * it takes no part in the sums of the others, or a crowd of dead neurons would make the origin the median; its own
 * score is 0. Inputs are scored alike, as points in the space of the neurons that read them. Cost: out²·in/2 (or
 * in²·out/2) in double precision. The published form (He et al., CVPR 2019, arXiv 1811.00250) is for convolution
 * filters; rows of a matrix are its literal analogue, and no norm stage is mixed in.
 */
@Notation("fpgm")
public record Fpgm() implements Criterion {
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        return context.forEach(target -> units -> switch (units.pattern()) {
            case SparsityPattern.Neurons() -> distances(target.elements(), target.out(), target.in(), target.in(), 1);
            case SparsityPattern.Inputs() -> distances(target.elements(), target.in(), target.out(), 1, target.in());
            default -> throw new IllegalArgumentException(
                    text() + " scores neurons and inputs, not " + units.pattern().text());
        });
    }

    /** Coordinate k of point i is {@code weights[i * step + k * stride]}. */
    private static double[] distances(float[] weights, int points, int length, int step, int stride) {
        var alive = new boolean[points];
        for (int i = 0; i < points; i++) {
            for (int k = 0; k < length; k++) {
                alive[i] |= weights[i * step + k * stride] != 0;
            }
        }
        var sums = new double[points];
        for (int i = 0; i < points; i++) {
            for (int j = 0; j < i; j++) {
                if (alive[i] && alive[j]) {
                    double distance = distance(weights, i * step, j * step, length, stride);
                    sums[i] += distance;
                    sums[j] += distance;
                }
            }
        }
        return sums;
    }

    private static double distance(float[] weights, int a, int b, int length, int stride) {
        double sum = 0;
        for (int k = 0; k < length * stride; k += stride) {
            double difference = (double) weights[a + k] - weights[b + k];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    @Override
    public String formula() {
        return "Σⱼ ‖wᵢ − wⱼ‖₂";
    }

    @Override
    public String source() {
        return "He et al. 2019";
    }
}

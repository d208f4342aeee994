package org.espalier.nn.loss;

import java.util.ArrayList;
import java.util.List;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Weights of classes and labels; those of a loss are a list, so that losses compare by value. */
final class ClassWeights {
    private ClassWeights() {}

    static List<Float> list(float... weights) {
        var list = new ArrayList<Float>();
        for (float weight : weights) {
            list.add(weight);
        }
        return list;
    }

    /** A copy; throws {@link IllegalArgumentException} if one is negative or not finite, or all are 0. */
    static List<Float> of(String what, List<Float> weights) {
        float largest = 0;
        for (float weight : weights) {
            if (!(weight >= 0 && weight < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "a " + what + " must be finite and at least 0, not " + weight + ": " + weights);
            }
            largest = Math.max(largest, weight);
        }
        if (largest == 0 && !weights.isEmpty()) {
            throw new IllegalArgumentException("every " + what + " is 0; at least one must count");
        }
        return List.copyOf(weights);
    }

    static Tensor tensor(List<Float> weights) {
        var elements = new float[weights.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = weights.get(i);
        }
        return Storage.adopt(Shape.of(elements.length), elements);
    }

    /** Throws {@link IllegalArgumentException} unless γ is 0 or finite and at least 1. */
    static void requireGamma(float gamma) {
        if (gamma != 0 && !(gamma >= 1 && gamma < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("focal loss: gamma must be finite and at least 1, not " + gamma);
        }
    }
}

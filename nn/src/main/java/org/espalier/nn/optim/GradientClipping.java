package org.espalier.nn.optim;

import java.util.List;
import org.espalier.nn.Mask;
import org.espalier.sparse.SparsityStructure;

/**
 * A limit on gradients before a step. Only elements that the masks keep are counted and checked, so a pruned model is
 * clipped as if the pruned weights did not exist. Clipping refuses gradients that are not finite: it throws a
 * {@link DivergenceException} before anything has changed.
 *
 * @param kind what is limited
 * @param limit the limit, above 0
 */
public record GradientClipping(Kind kind, float limit) {
    private static final GradientClipping NONE = new GradientClipping(Kind.NONE, Float.MAX_VALUE);

    /** What is limited. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** Each element. */
        VALUE,
        /** The Euclidean norm of all gradients taken together. */
        GLOBAL_NORM
    }

    /** Checks the limit; throws {@link IllegalArgumentException}. */
    public GradientClipping {
        Require.positive("clipping limit", limit);
    }

    /** No clipping, and no check. */
    public static GradientClipping none() {
        return NONE;
    }

    /** Each element limited to [−limit, limit]. */
    public static GradientClipping byValue(float limit) {
        return new GradientClipping(Kind.VALUE, limit);
    }

    /**
     * All gradients multiplied by min(1, limit / (norm + 1e-6)), the norm taken over every parameter in double
     * precision (Pascanu, Mikolov and Bengio, ICML 2013; the small number is PyTorch's).
     */
    public static GradientClipping byGlobalNorm(float limit) {
        return new GradientClipping(Kind.GLOBAL_NORM, limit);
    }

    /**
     * The gradient of one parameter.
     *
     * @param gradient all elements, or the entries of the pattern
     * @param mask which of these count, or null for all
     * @param pattern which elements of the parameter they are, or null for all
     */
    record Named(String name, float[] gradient, Mask mask, SparsityStructure pattern) {
        private boolean keeps(int i) {
            return mask == null || mask.keeps(i);
        }

        private int element(int i) {
            return pattern == null ? i : pattern.places()[i];
        }

        private float[] inRowMajorOrder() {
            return pattern == null ? gradient : pattern.inRowMajorOrder(gradient);
        }
    }

    /** The clipped gradients, in the order given; arrays that need no change are returned as they are. */
    List<float[]> apply(int step, List<Named> gradients) {
        if (kind != Kind.NONE) {
            gradients.forEach(named -> requireFinite(step, named));
        }
        return switch (kind) {
            case NONE -> gradients.stream().map(Named::gradient).toList();
            case VALUE -> gradients.stream().map(this::clamped).toList();
            case GLOBAL_NORM -> {
                float factor = (float) Math.min(1, limit / (norm(gradients) + 1e-6));
                yield gradients.stream()
                        .map(named -> factor == 1 ? named.gradient : scaled(named.gradient, factor))
                        .toList();
            }
        };
    }

    private static void requireFinite(int step, Named named) {
        for (int i = 0; i < named.gradient.length; i++) {
            if (!Float.isFinite(named.gradient[i]) && named.keeps(i)) {
                throw new DivergenceException("step " + step + ": the gradient of " + named.name + " is "
                        + named.gradient[i] + " at element " + named.element(i));
            }
        }
    }

    /** One sum in the order of the elements, so that leaving masked ones out or away altogether gives the same bits. */
    private static double norm(List<Named> gradients) {
        double sum = 0;
        for (var named : gradients) {
            float[] gradient = named.inRowMajorOrder();
            for (int i = 0; i < gradient.length; i++) {
                if (named.keeps(i)) {
                    sum += (double) gradient[i] * gradient[i];
                }
            }
        }
        return Math.sqrt(sum);
    }

    private float[] clamped(Named named) {
        var clamped = new float[named.gradient.length];
        for (int i = 0; i < clamped.length; i++) {
            clamped[i] = Math.max(-limit, Math.min(limit, named.gradient[i]));
        }
        return clamped;
    }

    private static float[] scaled(float[] gradient, float factor) {
        var scaled = new float[gradient.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = gradient[i] * factor;
        }
        return scaled;
    }
}

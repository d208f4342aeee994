package org.espalier.nn.optim;

import java.util.List;

/**
 * A rule with its published formula written again in double precision. The property tests run over {@link #ALL}: a new
 * rule is a new line there.
 */
record OptimizerSample(Optimizer rule, Reference reference) {

    /** One step in double precision; {@code t} counts from 1. Slots are in the rule's own order. */
    interface Reference {
        void step(int t, double rate, double[] w, double[] g, double[][] slots);
    }

    private static final LearningRate RATE = LearningRate.cosine(0.02f, 0.001f, 900).withWarmUp(20);
    private static final double B1 = 0.9f;
    private static final double B2 = 0.999f;
    private static final double EPS = 1e-8f;

    static final List<OptimizerSample> ALL = List.of(
            new OptimizerSample(Optimizer.sgd(RATE), sgd(0, false, 0)),
            new OptimizerSample(Optimizer.sgd(0.01f).weightDecay(0.1f), sgd(0, false, 0.1f)),
            new OptimizerSample(Optimizer.sgd(RATE).momentum(0.9f), sgd(0.9f, false, 0)),
            new OptimizerSample(Optimizer.sgd(RATE).momentum(0.5f).weightDecay(0.05f), sgd(0.5f, false, 0.05f)),
            new OptimizerSample(Optimizer.sgd(0.01f).nesterov(0.9f).weightDecay(0.01f), sgd(0.9f, true, 0.01f)),
            new OptimizerSample(Optimizer.adam(RATE), adam(0, 0)),
            new OptimizerSample(Optimizer.adam(0.003f).weightDecay(0.1f), adam(0.1f, 0)),
            new OptimizerSample(Optimizer.adamW(RATE), adam(0, 0.01f)),
            new OptimizerSample(Optimizer.adamW(0.003f).weightDecay(0.2f), adam(0, 0.2f)),
            new OptimizerSample(Optimizer.rmsProp(LearningRate.exponential(0.01f, 0.999f)), rmsProp(0, 0)),
            new OptimizerSample(Optimizer.rmsProp(0.003f).momentum(0.9f).weightDecay(0.01f), rmsProp(0.9f, 0.01f)));

    private static Reference sgd(double momentum, boolean nesterov, double decay) {
        return (t, rate, w, g, slots) -> {
            for (int i = 0; i < w.length; i++) {
                double d = g[i] + decay * w[i];
                if (momentum != 0) {
                    // PyTorch's buffer starts as the first gradient, which is what a buffer of zeros gives too.
                    slots[0][i] = t == 1 ? d : momentum * slots[0][i] + d;
                    d = nesterov ? d + momentum * slots[0][i] : slots[0][i];
                }
                w[i] -= rate * d;
            }
        };
    }

    private static Reference adam(double coupled, double decoupled) {
        return (t, rate, w, g, slots) -> {
            for (int i = 0; i < w.length; i++) {
                double d = g[i] + coupled * w[i];
                slots[0][i] = B1 * slots[0][i] + (1 - B1) * d;
                slots[1][i] = B2 * slots[1][i] + (1 - B2) * d * d;
                double mean = slots[0][i] / (1 - Math.pow(B1, t));
                double square = slots[1][i] / (1 - Math.pow(B2, t));
                // The factor is a float, as it is in PyTorch: its rounding is part of the rule, not an error of ours.
                w[i] = w[i] * (float) (1 - rate * decoupled) - rate * mean / (Math.sqrt(square) + EPS);
            }
        };
    }

    private static Reference rmsProp(double momentum, double decay) {
        return (t, rate, w, g, slots) -> {
            int square = momentum == 0 ? 0 : 1;
            for (int i = 0; i < w.length; i++) {
                double d = g[i] + decay * w[i];
                slots[square][i] = 0.99f * slots[square][i] + (1 - (double) 0.99f) * d * d;
                d /= Math.sqrt(slots[square][i]) + EPS;
                if (momentum != 0) {
                    slots[0][i] = momentum * slots[0][i] + d;
                    d = slots[0][i];
                }
                w[i] -= rate * d;
            }
        };
    }

    @Override
    public String toString() {
        return rule.toString();
    }

    static List<OptimizerSample> all() {
        return ALL;
    }
}

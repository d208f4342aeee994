package org.espalier.kernel;

/**
 * Optimizer steps as plain loops over arrays that share one index, which the compiler vectorizes, followed by a sweep
 * that clears what the mask does not keep. Where there is one, they run in blocks, so that the sweep finds them in the
 * cache; without one, the factors of the rule, powers among them, are computed once.
 */
public class ScalarUpdates {
    private static final int BLOCK = 4096;

    public final void update(UpdateRule rule, int from, int to, float[] value, float[] gradient, float[] first,
            float[] second, long[] kept, float[] out) {
        for (int start = from; start < to;) {
            int end = kept == null ? to : Math.min(to, (start / BLOCK + 1) * BLOCK);
            switch (rule) {
                case UpdateRule.Sgd sgd -> sgd(sgd, start, end, value, gradient, first, out);
                case UpdateRule.Adam adam -> adam(adam, start, end, value, gradient, first, second, out);
                case UpdateRule.RmsProp rms -> rmsProp(rms, start, end, value, gradient, first, second, out);
            }
            if (kept != null) {
                clear(kept, start, end, out);
                if (rule.usesFirst()) {
                    clear(kept, start, end, first);
                }
                if (rule.usesSecond()) {
                    clear(kept, start, end, second);
                }
            }
            start = end;
        }
    }

    /** Sets +0 where the bit is 0, without branching on it. */
    protected void clear(long[] kept, int from, int to, float[] x) {
        for (int i = from; i < to; i++) {
            int bit = (int) (kept[i >> 6] >>> i) & 1;
            x[i] = Float.intBitsToFloat(Float.floatToRawIntBits(x[i]) & -bit);
        }
    }

    private static void sgd(UpdateRule.Sgd rule, int from, int to, float[] w, float[] g, float[] first, float[] out) {
        float rate = rule.rate();
        float decay = rule.weightDecay();
        float momentum = rule.momentum();
        if (momentum == 0) {
            for (int i = from; i < to; i++) {
                out[i] = w[i] - rate * (g[i] + decay * w[i]);
            }
        } else if (rule.nesterov()) {
            for (int i = from; i < to; i++) {
                float d = g[i] + decay * w[i];
                float v = momentum * first[i] + d;
                first[i] = v;
                out[i] = w[i] - rate * (d + momentum * v);
            }
        } else {
            for (int i = from; i < to; i++) {
                float v = momentum * first[i] + (g[i] + decay * w[i]);
                first[i] = v;
                out[i] = w[i] - rate * v;
            }
        }
    }

    private static void adam(UpdateRule.Adam rule, int from, int to, float[] w, float[] g, float[] first,
            float[] second, float[] out) {
        float beta1 = rule.beta1();
        float rest1 = 1 - beta1;
        float beta2 = rule.beta2();
        float rest2 = 1 - beta2;
        float epsilon = rule.epsilon();
        float decay = rule.coupledDecay();
        float shrink = rule.shrink();
        float step = rule.stepSize();
        float scale = rule.scale();
        for (int i = from; i < to; i++) {
            float d = g[i] + decay * w[i];
            float m = beta1 * first[i] + rest1 * d;
            float v = beta2 * second[i] + rest2 * d * d;
            first[i] = m;
            second[i] = v;
            out[i] = w[i] * shrink - step * m / (scale * (float) Math.sqrt(v) + epsilon);
        }
    }

    private static void rmsProp(UpdateRule.RmsProp rule, int from, int to, float[] w, float[] g, float[] first,
            float[] second, float[] out) {
        float rate = rule.rate();
        float decay = rule.decay();
        float rest = 1 - decay;
        float epsilon = rule.epsilon();
        float momentum = rule.momentum();
        float weightDecay = rule.weightDecay();
        if (momentum == 0) {
            for (int i = from; i < to; i++) {
                float d = g[i] + weightDecay * w[i];
                float v = decay * second[i] + rest * d * d;
                second[i] = v;
                out[i] = w[i] - rate * d / ((float) Math.sqrt(v) + epsilon);
            }
        } else {
            for (int i = from; i < to; i++) {
                float d = g[i] + weightDecay * w[i];
                float v = decay * second[i] + rest * d * d;
                second[i] = v;
                float u = momentum * first[i] + d / ((float) Math.sqrt(v) + epsilon);
                first[i] = u;
                out[i] = w[i] - rate * u;
            }
        }
    }
}

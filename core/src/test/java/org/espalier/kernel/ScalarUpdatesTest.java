package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

public class ScalarUpdatesTest {
    public static final List<UpdateRule> RULES = List.of(
            new UpdateRule.Sgd(0.1f, 0, false, 0.01f),
            new UpdateRule.Sgd(0.1f, 0.9f, false, 0.01f),
            new UpdateRule.Sgd(0.1f, 0.9f, true, 0.01f),
            new UpdateRule.Adam(0.01f, 0.9f, 0.999f, 1e-8f, 0.01f, false, 3),
            new UpdateRule.Adam(0.01f, 0.9f, 0.999f, 1e-8f, 0.01f, true, 3),
            new UpdateRule.RmsProp(0.01f, 0.99f, 1e-8f, 0, 0.01f),
            new UpdateRule.RmsProp(0.01f, 0.99f, 1e-8f, 0.9f, 0.01f));

    /** A parameter with its gradient and moments. */
    public record State(float[] value, float[] gradient, float[] first, float[] second, long[] kept, float[] out) {
        public static State random(Random random, int n, boolean masked) {
            float[] second = FloatBits.normal(random, n);
            for (int i = 0; i < n; i++) {
                second[i] *= second[i];
            }
            long[] kept = new long[(n + 63) / 64];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = random.nextLong();
            }
            return new State(FloatBits.normal(random, n), FloatBits.normal(random, n), FloatBits.normal(random, n),
                    second, masked ? kept : null, new float[n]);
        }

        public State copy() {
            return new State(value, gradient, first.clone(), second.clone(), kept, out.clone());
        }

        public void update(Kernels kernels, UpdateRule rule, int from, int to) {
            kernels.update(rule, from, to, value, gradient, rule.usesFirst() ? first : null,
                    rule.usesSecond() ? second : null, kept, out);
        }
    }

    @Test
    void plainDescentByHand() {
        assertStep(new UpdateRule.Sgd(0.5f, 0, false, 0), 2f, 3f, 0, 0, 0.5f, 0, 0);
        assertStep(new UpdateRule.Sgd(0.5f, 0, false, 0.25f), 2f, 3f, 0, 0, 0.25f, 0, 0);
    }

    @Test
    void momentumByHand() {
        assertStep(new UpdateRule.Sgd(0.5f, 0.5f, false, 0), 2f, 3f, 4f, 0, -0.5f, 5f, 0);
        assertStep(new UpdateRule.Sgd(0.5f, 0.5f, true, 0), 2f, 3f, 4f, 0, -0.75f, 5f, 0);
    }

    @Test
    void theFirstStepOfAdamMovesByTheRate() {
        // Moments 0.5·3 and 0.25·9 over the corrections 1 − 0.5 and 1 − 0.75: 3 / (√9 + 0) = 1.
        assertStep(new UpdateRule.Adam(0.25f, 0.5f, 0.75f, 0, 0, false, 1), 2f, 3f, 0, 0, 1.75f, 1.5f, 2.25f);
        assertStep(new UpdateRule.Adam(0.25f, 0.5f, 0.75f, 0, 1, true, 1), 2f, 3f, 0, 0, 1.25f, 1.5f, 2.25f);
    }

    @Test
    void rmsPropByHand() {
        // Second moment 0.75·4 + 0.25·4 = 4, so the step is 2 / (√4 + 2) = 0.5.
        assertStep(new UpdateRule.RmsProp(0.5f, 0.75f, 2, 0, 0), 1f, 2f, 0, 4f, 0.75f, 0, 4f);
        assertStep(new UpdateRule.RmsProp(0.5f, 0.75f, 2, 0.5f, 0), 1f, 2f, 1f, 4f, 0.5f, 1f, 4f);
    }

    private static void assertStep(UpdateRule rule, float value, float gradient, float first, float second,
            float newValue, float newFirst, float newSecond) {
        float[] out = new float[1];
        float[] m = {first};
        float[] v = {second};
        Kernels.scalar().update(rule, 0, 1, new float[] {value}, new float[] {gradient}, rule.usesFirst() ? m : null,
                rule.usesSecond() ? v : null, null, out);
        assertEquals(newValue, out[0]);
        assertEquals(newFirst, m[0]);
        assertEquals(newSecond, v[0]);
    }

    @Test
    void whatTheMaskDropsIsPositiveZeroAndTheRestUnchangedByIt() {
        var random = new Random(4);
        for (UpdateRule rule : RULES) {
            State masked = State.random(random, 3000, true);
            masked.value()[0] = Float.NaN;
            masked.kept()[0] &= ~1L;
            State plain = new State(masked.value(), masked.gradient(), masked.first().clone(),
                    masked.second().clone(), null, new float[3000]);
            masked.update(Kernels.scalar(), rule, 0, 3000);
            plain.update(Kernels.scalar(), rule, 0, 3000);
            for (int i = 0; i < 3000; i++) {
                boolean kept = (masked.kept()[i / 64] >>> (i % 64) & 1) == 1;
                FloatBits.assertSame(kept ? plain.out()[i] : 0f, masked.out()[i], rule + " value " + i);
                if (rule.usesFirst()) {
                    FloatBits.assertSame(kept ? plain.first()[i] : 0f, masked.first()[i], rule + " first " + i);
                }
                if (rule.usesSecond()) {
                    FloatBits.assertSame(kept ? plain.second()[i] : 0f, masked.second()[i], rule + " second " + i);
                }
            }
        }
    }

    @Test
    void onlyTheRangeIsTouched() {
        for (UpdateRule rule : RULES) {
            State state = State.random(new Random(8), 100, true);
            State before = state.copy();
            state.update(Kernels.scalar(), rule, 30, 70);
            for (int i = 0; i < 100; i++) {
                if (i < 30 || i >= 70) {
                    FloatBits.assertSame(before.out()[i], state.out()[i], "value");
                    FloatBits.assertSame(before.first()[i], state.first()[i], "first");
                    FloatBits.assertSame(before.second()[i], state.second()[i], "second");
                }
            }
        }
    }
}

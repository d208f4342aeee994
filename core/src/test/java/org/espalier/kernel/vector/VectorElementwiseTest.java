package org.espalier.kernel.vector;

import java.util.Random;
import org.espalier.kernel.FloatBits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel-width")
class VectorElementwiseTest {
    private final Random random = new Random(6);

    @BeforeEach
    void needsTheModule() {
        VectorKernelsTest.assumePresent();
    }

    @Test
    void everyLoopTouchesExactlyItsElements() {
        for (int n = 0; n <= 40; n++) {
            float[] x = FloatBits.mixed(random, n + 2);
            float[] y = FloatBits.mixed(random, n + 3);
            float[] added = y.clone();
            float[] addedAndRectified = y.clone();
            float[] rectified = y.clone();
            float[] less = y.clone();
            float[] divided = y.clone();
            VectorElementwise.addTo(x, 2, added, 1, n);
            VectorElementwise.addToAndRelu(x, 2, addedAndRectified, 1, n);
            VectorElementwise.relu(rectified, 1, n);
            VectorElementwise.subtract(0.3f, x, 2, less, 1, n);
            VectorElementwise.divide(0.3f, divided, 1, n);
            float[] gated = y.clone();
            VectorElementwise.reluBackward(x, 2, y, 1, gated, 1, n);
            float[] gatedInPlace = y.clone();
            VectorElementwise.reluBackward(gatedInPlace, 1, x, 2, gatedInPlace, 1, n);
            for (int i = 0; i < y.length; i++) {
                boolean inside = i >= 1 && i < n + 1;
                float other = inside ? x[i + 1] : 0;
                FloatBits.assertSame(inside ? y[i] + other : y[i], added[i], "sum");
                FloatBits.assertSame(inside ? Math.max(y[i] + other, 0f) : y[i], addedAndRectified[i], "both");
                FloatBits.assertSame(inside ? Math.max(y[i], 0f) : y[i], rectified[i], "rectified");
                FloatBits.assertSame(inside ? other - 0.3f : y[i], less[i], "less");
                FloatBits.assertSame(inside ? y[i] / 0.3f : y[i], divided[i], "divided");
                float open = y[i] > 0 ? other : 0f;
                FloatBits.assertSame(inside ? open : y[i], gated[i], "gated");
                float kept = other > 0 ? y[i] : 0f;
                FloatBits.assertSame(inside ? kept : y[i], gatedInPlace[i], "gated in place");
            }
        }
    }
}

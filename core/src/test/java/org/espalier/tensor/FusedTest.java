package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FusedTest {
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float NAN = Float.NaN;

    /** The anchor of ONNX's test of large numbers: [[0, 1, 2, 3], [10000, 10001, 10002, 10003]]. */
    @Test
    void largeLogitsGiveTheSoftmaxOfSmallOnes() {
        var x = Tensor.of(Shape.of(2, 4), 0, 1, 2, 3, 10_000, 10_001, 10_002, 10_003);
        float[] row = {0.032058604f, 0.08714432f, 0.23688284f, 0.6439143f};
        float[] y = x.softmax().toArray();
        float[] logs = x.logSoftmax().toArray();
        for (int i = 0; i < 8; i++) {
            assertEquals(row[i % 4], y[i], 1e-7f);
            assertEquals(i % 4 - 3.4401896f, logs[i], 1e-6f);
        }
        assertArrayEquals(new float[] {3.4401896f, 10_003.44f}, x.logSumExp().toArray(), 1e-3f);
    }

    @Test
    void infiniteLogitsFollowTheDocumentedPolicy() {
        var x = Tensor.of(Shape.of(4, 2), -INF, 0, -INF, -INF, INF, 0, NAN, 0);
        assertArrayEquals(new float[] {0, 1, NAN, NAN, NAN, NAN, NAN, NAN}, x.softmax().toArray());
        assertArrayEquals(new float[] {-INF, 0, NAN, NAN, NAN, NAN, NAN, NAN}, x.logSoftmax().toArray());
        assertArrayEquals(new float[] {0, -INF, INF, NAN}, x.logSumExp().toArray());
        assertArrayEquals(new float[] {-INF}, Tensor.zeros(Shape.of(1, 0)).logSumExp().toArray());
    }

    @Test
    void crossEntropyOfEqualLogitsIsTheLogarithmOfTheirNumber() {
        var x = Tensor.zeros(Shape.of(3, 4)).withGrad();
        var loss = x.crossEntropy(0, 0, 3, 1);
        float log4 = (float) Math.log(4);
        assertArrayEquals(new float[] {log4, log4, log4}, loss.toArray(), 1e-6f);
        var gradient = loss.sum().backward().of(x);
        assertArrayEquals(new float[] {-0.75f, 0.25f, 0.25f, 0.25f}, gradient.slice(0, 0, 1).toArray(), 1e-6f);
    }

    /** Two classes, logits 0 and ln 3, so that p = (¼, ¾); label 1, smoothing 0.2, so that q = (0.1, 0.9). */
    @Test
    void smoothedCrossEntropyByHand() {
        var x = Tensor.of(Shape.of(1, 2), 0, (float) Math.log(3)).withGrad();
        var loss = x.crossEntropy(0.2f, 1);
        assertEquals(-0.1 * Math.log(0.25) - 0.9 * Math.log(0.75), loss.item(), 1e-6);
        assertArrayEquals(new float[] {0.15f, -0.15f}, loss.backward().of(x).toArray(), 1e-6f);
    }

    @Test
    void aConfidentlyWrongLogitHasAFiniteLossAndGradient() {
        var x = Tensor.of(Shape.of(1, 2), 1000, -1000).withGrad();
        var loss = x.crossEntropy(0, 1);
        assertEquals(2000, loss.item());
        assertArrayEquals(new float[] {1, -1}, loss.backward().of(x).toArray());
    }

    @Test
    void smoothingOutsideItsRangeIsRefusedAndLabelsAreCopied() {
        assertThrows(IllegalArgumentException.class, () -> new Fused.CrossEntropy(new int[0], 1));
        assertThrows(IllegalArgumentException.class, () -> new Fused.CrossEntropy(new int[0], -0.1f));
        assertThrows(IllegalArgumentException.class, () -> new Fused.CrossEntropy(new int[0], NAN));
        int[] labels = {0};
        var x = Tensor.zeros(Shape.of(1, 2)).withGrad();
        var loss = x.crossEntropy(0, labels);
        labels[0] = 1;
        assertArrayEquals(new float[] {-0.5f, 0.5f}, loss.backward().of(x).toArray());
    }

    @Test
    void normalizedRowsHaveMeanZeroAndVarianceOneEvenFarFromZero() {
        var rows = Tensor.of(Shape.of(2, 4), 1, 2, 3, 4, 10_001, 10_002, 10_003, 10_004);
        float[] y = rows.normalize(0).toArray();
        for (int i = 0; i < 8; i++) {
            assertEquals((i % 4 - 1.5) / Math.sqrt(1.25), y[i], 1e-6);
        }
    }

    @Test
    void aConstantRowIsNormalizedToZeroWithASmallEpsilon() {
        var x = Tensor.full(Shape.of(1, 5), 3).withGrad();
        var y = x.normalize(1e-5f);
        assertArrayEquals(new float[5], y.toArray());
        var gradient = y.backward(Tensor.of(Shape.of(1, 5), 1, 0, 0, 0, 0)).of(x).toArray();
        // 1/√ε·(δ − 1/n): the gradient of a row without spread, large but finite.
        double scale = 1 / Math.sqrt(1e-5);
        assertArrayEquals(
                new float[] {(float) (0.8 * scale), (float) (-0.2 * scale), (float) (-0.2 * scale),
                    (float) (-0.2 * scale), (float) (-0.2 * scale)},
                gradient, 1e-3f);
    }

    @Test
    void softmaxDoesNotChangeWhenAllLogitsShift() {
        var x = new Values(3).tensor(5, 7).times(4);
        float[] y = x.softmax().toArray();
        float[] shifted = x.plus(64).softmax().toArray();
        for (int i = 0; i < y.length; i++) {
            // Adding 64 rounds each logit by at most 2⁻¹⁸.
            assertEquals(y[i], shifted[i], 1e-5 * y[i] + 1e-7);
        }
        assertTrue(x.softmax().sum(-1).minus(1).abs().max().item() < 1e-6f);
    }
}

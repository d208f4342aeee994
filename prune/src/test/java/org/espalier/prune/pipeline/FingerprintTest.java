package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.prune.criterion.Calibration;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static String of(Tensor inputs, Tensor targets) {
        return Fingerprint.of(Calibration.of(inputs, targets, Loss.meanSquaredError()));
    }

    @Test
    void aTextHasItsPublishedDigest() {
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Fingerprint.of("abc"));
    }

    @Test
    void calibrationsDifferByEveryBitAndByShape() {
        var inputs = Tensor.matrix(new float[] {1, 0}, new float[] {2, 3});
        var targets = Tensor.matrix(new float[] {1}, new float[] {2});
        var expected = of(inputs, targets);

        assertEquals(expected, of(Tensor.matrix(new float[] {1, 0}, new float[] {2, 3}), targets));
        assertNotEquals(expected, of(Tensor.matrix(new float[] {1, -0.0f}, new float[] {2, 3}), targets));
        assertNotEquals(expected, of(inputs, Tensor.matrix(new float[] {1}, new float[] {3})));
        assertNotEquals(
                of(Tensor.matrix(new float[] {1, 2, 3}), Tensor.matrix(new float[] {4})),
                of(Tensor.matrix(new float[] {1, 2}), Tensor.matrix(new float[] {3, 4})));
        assertNotEquals(expected, Fingerprint.of(Calibration.none()));
    }

    @Test
    void samplesDifferByEveryBitAndByOrder() {
        var inputs = Tensor.matrix(new float[] {1, 0}, new float[] {2, 3});
        var targets = Tensor.matrix(new float[] {1}, new float[] {2});
        var expected = Fingerprint.of(Dataset.of(inputs, targets));

        assertEquals(expected, Fingerprint.of(Dataset.of(inputs, targets).subset(new int[] {0, 1})));
        assertNotEquals(expected, Fingerprint.of(Dataset.of(inputs, targets).subset(new int[] {1, 0})));
        assertNotEquals(expected, Fingerprint.of(Dataset.of(inputs, targets.times(2))));
    }
}

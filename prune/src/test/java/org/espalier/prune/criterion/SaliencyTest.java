package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.espalier.nn.data.Batch;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SaliencyTest {
    @Test
    void theGradientIsTakenOverAllBatchesBeforeTheProduct() {
        // The gradient of w[i][j] is x[j]; its mean over the two examples is 0, 1, 2.
        var data = Cases.examples(new float[] {1, 2, 0}, new float[] {-1, 0, 4});
        var layer = Cases.layer(1, 2, 3, -1, 2, 0, 2, -1, 1);

        assertArrayEquals(
                new double[] {0, 2, 6, 0, 2, 0, 0, 1, 2}, Cases.weights(new Saliency(), layer, data), 1e-12);
        assertArrayEquals(new double[] {8, 2, 3}, Cases.neurons(new Saliency(), layer, data), 1e-12);
    }

    @Test
    void contributionsOfAUnitDoNotCancel() {
        var layer = Cases.layer(1, -1, 0, 0, 0, 0, 0, 0, 0);

        assertArrayEquals(
                new double[] {6, 0, 0},
                Cases.neurons(new Saliency(), layer, Cases.examples(new float[] {3, 3, 0})),
                1e-12);
    }

    @Test
    void aSmallerLastBatchCountsByItsRows() {
        // The loss is a mean: gradients (1, 1, 1) of three rows and (5, 5, 5) of one make (2, 2, 2).
        var three = Tensor.matrix(new float[] {1, 1, 1}, new float[] {1, 1, 1}, new float[] {1, 1, 1});
        var one = Tensor.matrix(new float[] {5, 5, 5});
        var data = new Calibration(
                List.of(new Batch(three, three), new Batch(one, one)), (output, target) -> output.sum(1).mean());

        assertArrayEquals(
                new double[] {6, 0, 0},
                Cases.neurons(new Saliency(), Cases.layer(1, 1, 1, 0, 0, 0, 0, 0, 0), data),
                1e-6);
    }
}

package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.espalier.nn.loss.Loss;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MeanLossTest {

    @Test
    void batchesWeighByTheirRows() {
        var tally = Metric.loss(Loss.meanAbsoluteError()).start();
        tally.add(Tensor.vector(1, 1, 1), Tensor.vector(0, 0, 0));
        tally.add(Tensor.vector(5), Tensor.vector(0));
        assertEquals(2, tally.value());
        assertEquals("loss", Metric.loss(Loss.meanAbsoluteError()).name());
    }

    @Test
    void squaredErrorSquares() {
        var tally = Metric.meanSquaredError().start();
        tally.add(Tensor.vector(3, 1), Tensor.vector(0, 0));
        assertEquals(5, tally.value());
        assertFalse(Metric.meanSquaredError().higherIsBetter());
    }
}

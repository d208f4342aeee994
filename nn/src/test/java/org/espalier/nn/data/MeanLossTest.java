package org.espalier.nn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.espalier.nn.MeanAbsoluteError;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MeanLossTest {

    @Test
    void batchesWeighByTheirRows() {
        var tally = MeanLoss.of(MeanAbsoluteError.INSTANCE).start();
        tally.add(Tensor.vector(1, 1, 1), Tensor.vector(0, 0, 0));
        tally.add(Tensor.vector(5), Tensor.vector(0));
        assertEquals(2, tally.value());
        assertEquals("loss", MeanLoss.of(MeanAbsoluteError.INSTANCE).name());
    }

    @Test
    void squaredErrorSquares() {
        var tally = MeanLoss.squaredError().start();
        tally.add(Tensor.vector(3, 1), Tensor.vector(0, 0));
        assertEquals(5, tally.value());
        assertFalse(MeanLoss.squaredError().higherIsBetter());
    }
}

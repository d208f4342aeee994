package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.data.Dataset;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final Tensor ROWS = Tensor.of(Shape.of(5, 1), 0, 1, 2, 3, 4);
    private static final Dataset DATA = Dataset.of(ROWS, ROWS);

    @Test
    void examplesAreCutIntoBatchesUpToALimit() {
        var data = Calibration.of(DATA, Cases.SUM, 2, 3);

        assertEquals(2, data.batches().size());
        assertEquals(Shape.of(2, 1), data.batches().get(0).inputs().shape());
        assertEquals(2, data.batches().get(1).targets().item());
    }

    @Test
    void theLimitMayBeBeyondTheData() {
        assertEquals(3, Calibration.of(DATA, Cases.SUM, 2, 100).batches().size());
        assertEquals(1, Calibration.of(ROWS, ROWS, Cases.SUM).batches().size());
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Calibration.of(DATA, Cases.SUM, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Calibration.of(DATA, Cases.SUM, 1, 0));
    }

    @Test
    void withoutDataThereIsNoLoss() {
        assertThrows(IllegalStateException.class, () -> Calibration.none().loss().value(ROWS, ROWS));
    }
}

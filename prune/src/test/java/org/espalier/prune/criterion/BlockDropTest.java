package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.metrics.Measure;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BlockDropTest {
    /** The second output for (3, 0): 3 with the first block, 0 without it. */
    private static final Measure SECOND = Measure.higher(
            "second", model -> model.forward(Tensor.of(Shape.of(1, 2), 3, 0)).toArray()[1]);

    @Test
    void itIsWhatTheMeasureLosesWithoutTheBlock() {
        var scores = ResidualModels.scores(new BlockDrop(), SECOND);

        assertEquals(3.0, scores.get(ResidualModels.names().getFirst()));
        assertEquals(0.0, scores.get(ResidualModels.names().getLast()));
    }

    @Test
    void aModelThatFailsWithoutTheBlockNeedsIt() {
        var calls = new int[1];
        var fails = Measure.lower("loss", model -> calls[0]++ == 0 ? 1 : Double.NaN);

        assertEquals(
                Double.POSITIVE_INFINITY,
                ResidualModels.scores(new BlockDrop(), fails).get(ResidualModels.names().getFirst()));
    }

    @Test
    void itNeedsAMeasure() {
        assertThrows(IllegalArgumentException.class, () -> ResidualModels.scores(new BlockDrop()));
    }
}

package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.BlockInfluence;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.secondorder.SparseGpt;
import org.junit.jupiter.api.Test;

class StageTest {
    @Test
    void everyKindTakesAPolicy() {
        var stages = List.of(
                Stage.of("a", Unstructured.global(Magnitude.L1).sparsity(0.5)),
                Stage.of("a", Reconstructor.of(new SparseGpt(), 0.5)),
                Stage.depth("a", new BlockInfluence(), 1),
                Stage.int8("a"));
        assertEquals(1, stages.getFirst().epochsBetween());
        for (var stage : stages) {
            assertEquals(RetrainingPolicy.DEFAULT, stage.policy());
            var other = stage.epochs(3).epochsBetween(2).tolerance(0.01);
            assertEquals(OptionalInt.of(3), other.epochs());
            assertEquals(2, other.epochsBetween());
            assertEquals(OptionalDouble.of(0.01), other.tolerance());
            assertEquals(stage, other.policy(RetrainingPolicy.DEFAULT));
        }
    }
}

package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.prune.Pruner;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.junit.jupiter.api.Test;

class PruningStageTest {
    private static final Pruner PRUNER = Unstructured.global(Magnitude.L1).sparsity(0.5);

    @Test
    void itHasTheStepsOfItsSchedule() {
        assertEquals(1, Stage.of("a", PRUNER).steps());
        assertEquals(4, Stage.of("a", PRUNER.schedule(SparsitySchedule.cubic(4))).steps());
    }

    @Test
    void itsMethodIsEveryChoice() {
        assertEquals(
                "magnitude l1 | weights | global | sparsity 0.5 | one-shot | layers fc1, fc2",
                Stage.of("a", PRUNER.layers("fc1", "fc2")).description());
    }

    @Test
    void aNameIsOneLineWithoutQuotes() {
        assertThrows(IllegalArgumentException.class, () -> Stage.of(" ", PRUNER));
        assertThrows(IllegalArgumentException.class, () -> Stage.of("a \"b\"", PRUNER));
        assertThrows(IllegalArgumentException.class, () -> Stage.of("a\nb", PRUNER));
    }
}

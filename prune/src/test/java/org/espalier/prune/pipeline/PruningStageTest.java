package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
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

    /** 2 · 32 + 32 · 4 weights: 0.9 of 192 is 172.8. Each layer keeps 32 of its weights, one for each hidden unit. */
    @Test
    void whatAFloorKeepsBeyondTheAmountIsSaid() {
        var model = Sequential.of(Linear.of(2, 32), Activation.relu(), Linear.of(32, 4));
        model.initialize(Init.heNormal(), 1);
        var report = Pipeline.of(model).stage("weights", Unstructured.global(Magnitude.L1).sparsity(0.9)).run();

        var stage = report.stages().getFirst();
        assertEquals(64, stage.total().kept());
        var said = stage.heldByFloors().orElseThrow();
        assertTrue(said.startsWith("128 of 192 units removed, though 173 were asked for"), said);
        assertTrue(report.toTable().contains(said), report.toTable());

        // Two steps: the first one takes both layers to their floors, and the last one changes nothing.
        var other = Sequential.of(Linear.of(2, 32), Activation.relu(), Linear.of(32, 4));
        other.initialize(Init.heNormal(), 1);
        var gradual = Unstructured.global(Magnitude.L1).sparsity(0.9).schedule(SparsitySchedule.cubic(2));
        Pipeline.of(other).stage("weights", gradual).run().stages()
                .forEach(inSteps -> assertEquals(said, inSteps.heldByFloors().orElseThrow()));

        Pipeline.of(model).stage("weights", Unstructured.global(Magnitude.L1).sparsity(0.5)).run().stages()
                .forEach(half -> assertEquals(Optional.empty(), half.heldByFloors()));
    }

    @Test
    void aNameIsOneLineWithoutQuotes() {
        assertThrows(IllegalArgumentException.class, () -> Stage.of(" ", PRUNER));
        assertThrows(IllegalArgumentException.class, () -> Stage.of("a \"b\"", PRUNER));
        assertThrows(IllegalArgumentException.class, () -> Stage.of("a\nb", PRUNER));
    }
}

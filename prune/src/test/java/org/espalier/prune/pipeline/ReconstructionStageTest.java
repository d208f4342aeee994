package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.prune.Problems;
import org.espalier.prune.secondorder.FactorizationException;
import org.espalier.prune.secondorder.OptimalBrainCompression;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.secondorder.SparseGpt;
import org.junit.jupiter.api.Test;

class ReconstructionStageTest {
    private static final Reconstructor HALF = Reconstructor.of(new OptimalBrainCompression(), 0.5);

    @Test
    void itDoesWhatTheReconstructorDoesAlone() throws Exception {
        var alone = Problems.network(7);
        var errors = HALF.apply(alone, Problems.calibration());
        var model = Problems.network(7);
        var report = Pipeline.of(model).stage("repair", HALF).calibrate(Problems.calibration()).run();

        assertEquals(Problems.bits(alone), Problems.bits(model));
        var stage = report.stages().getFirst();
        // Half of 10 in each of five rows, of 5 in three (2.5 to even, 2) and of 3 in one (1.5 to even, 2).
        assertEquals(25 + 6 + 2, stage.steps().getFirst().removed());
        assertEquals(68, stage.steps().getFirst().units());
        assertEquals(new StageFact("fc1", "error without repair", errors.getFirst().masked()), stage.facts().get(0));
        assertEquals(new StageFact("fc1", "error repaired", errors.getFirst().repaired()), stage.facts().get(1));
    }

    @Test
    void theModelIsAsItWasIfALayerCannotBeSolved() {
        var model = Problems.network(7);
        var before = Problems.bits(model);
        var pipeline = Pipeline.of(model)
                .stage("first", Reconstructor.of(new SparseGpt(), 0.5))
                .stage("no damping", Reconstructor.of(new SparseGpt(128, 0), 0.5).layers("fc2"))
                // Without inputs that differ the matrix is singular.
                .calibrate(org.espalier.prune.criterion.Calibration.of(
                        Problems.samples(1, 3), org.espalier.nn.loss.Loss.meanSquaredError(), 1, 1));

        var e = assertThrows(StageException.class, pipeline::run);
        assertInstanceOf(FactorizationException.class, e.getCause());
        assertTrue(e.getMessage().startsWith("stage 'no damping': layer 'fc2': "), e.getMessage());
        assertEquals(before, Problems.bits(model));
    }
}

package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.Problems;
import org.espalier.prune.criterion.BlockDrop;
import org.espalier.prune.criterion.BlockInfluence;
import org.espalier.prune.graph.DependencyGraph;
import org.espalier.prune.graph.Shrink;
import org.junit.jupiter.api.Test;

class DepthStageTest {
    private static Sequential model() {
        var model = Sequential.of(
                Linear.of(10, 4), block(), block(), block(), Linear.of(4, 1));
        model.initialize(Init.heNormal(), 3);
        // The second block does next to nothing.
        var weak = DependencyGraph.of(model).blocks().get(1);
        model.parameters().forEach((name, parameter) -> {
            if (name.startsWith(weak + ".")) {
                parameter.assign(parameter.value().times(1e-3f));
            }
        });
        return model;
    }

    private static Residual block() {
        return Residual.of(Sequential.of(Linear.of(4, 4), Activation.relu(), Linear.of(4, 4)));
    }

    @Test
    void theBlockThatMattersLeastGoesFirstAndShrinkTakesItOut() throws Exception {
        var model = model();
        var blocks = DependencyGraph.of(model).blocks();
        var report = Pipeline.of(model)
                .stage(Stage.depth("blocks", new BlockInfluence(), 1))
                .calibrate(Problems.calibration())
                .run();

        var gone = report.stages().getFirst().facts().getFirst();
        assertEquals(blocks.get(1), gone.layer());
        assertEquals(List.of(blocks.get(1)), Shrink.of(model).removedBlocks());
        assertEquals(1, report.stages().getFirst().steps().getFirst().removed());
        assertEquals(3, report.stages().getFirst().steps().getFirst().units());
    }

    @Test
    void oneBlockGoesInEachStepAndTheToleranceTakesBackTheLast() throws Exception {
        var model = model();
        var losses = new ArrayList<>(List.of(1.0, 1.1, 1.1, 9.0, 9.0));
        var report = Pipeline.of(model)
                .stage(Stage.depth("blocks", new BlockInfluence(), 2).tolerance(0.5))
                .calibrate(Problems.calibration())
                .evaluate(Measure.lower("loss", any -> losses.removeFirst()))
                .run();

        assertEquals(1, report.stages().getFirst().keptStep());
        assertEquals(1, Shrink.of(model).removedBlocks().size());
    }

    @Test
    void aPlanUsesTheMeasuresAndLeavesTheModel() {
        var model = model();
        var before = Problems.bits(model);
        var plan = Pipeline.of(model)
                .stage(Stage.depth("blocks", new BlockDrop(), 3))
                .evaluate(Problems.loss())
                .plan();

        assertEquals(before, Problems.bits(model));
        assertEquals(3, plan.stages().getFirst().steps().getLast().removed());
        assertTrue(plan.stages().getFirst().facts().stream().map(StageFact::layer).distinct().count() == 3);
    }

    @Test
    void moreBlocksThanThereAreAreRefused() {
        var e = assertThrows(StageException.class, () -> Pipeline.of(model())
                .stage(Stage.depth("deep", new BlockInfluence(), 4))
                .calibrate(Problems.calibration())
                .run());

        assertTrue(e.getMessage().startsWith("stage 'deep': there are 3 residual blocks left"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Stage.depth("a", new BlockInfluence(), 0));
        assertFalse(Stage.depth("a", new BlockInfluence(), 1).description().contains("blocks"));
    }
}

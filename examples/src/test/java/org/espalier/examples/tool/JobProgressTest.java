package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.pipeline.Stage;
import org.junit.jupiter.api.Test;

class JobProgressTest {
    private static final long SECOND = 1_000_000_000L;
    private final StringBuilder out = new StringBuilder();
    private long now = SECOND;

    private JobProgress progress(boolean terminal, int width) {
        return new JobProgress(out, terminal, width, () -> now);
    }

    /** Epochs of ten batches, a second for each batch. */
    private void train(JobProgress progress, int epochs) {
        progress.on(new TrainingEvent.Started(epochs, 10, 0, Optional.empty(), false));
        for (int step = 0; step < 10 * epochs; step++) {
            now += SECOND;
            progress.on(new TrainingEvent.Stepped(1 + step / 10, 1 + step % 10, step, 0.5));
        }
        progress.on(new TrainingEvent.Ended(
                new TrainingResult(List.of(), 0, 10 * epochs, TrainingResult.Ending.COMPLETED)));
    }

    /** 6 epochs of training and, after a stage of one step, 2 more: 80 batches. */
    @Test
    void oneEstimateGoesOverAllParts() {
        var progress = progress(false, 80);
        var stage = Stage.of("weights", Unstructured.perLayer(Criterion.magnitude()).sparsity(0.5));
        progress.training(6).stages(List.of(stage), 2);
        progress.begin("train");
        train(progress, 6);
        assertTrue(out.toString().startsWith(" 13 %  train  loss 0.5000  1:10 left\n"), out.toString());
        assertTrue(out.toString().endsWith(" 75 %  train  loss 0.5000  0:20 left\n"), out.toString());
        assertEquals(6, out.toString().lines().count(), "a line every ten seconds");
        progress.stageBegins(stage, 1, 1);
        train(progress, 2);
        assertTrue(out.toString().endsWith("100 %  stage 1/1 weights  loss 0.5000  0:00 left\n"), out.toString());
    }

    @Test
    void aLineOnATerminalIsRewrittenAndNeverWraps() {
        var progress = progress(true, 30);
        progress.training(2).begin("train");
        train(progress, 2);
        progress.end();
        for (var line : out.toString().split("\r")) {
            assertTrue(line.length() < 30, line);
        }
        assertTrue(out.toString().contains("\r[=================== ]  95 %"), out.toString());
        assertTrue(out.toString().endsWith("\r"));
        assertEquals(0, out.chars().filter(c -> c == '\n').count());
    }
}

package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.Problems;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageProgressTest {
    private static Pipeline pipeline() {
        var losses = new ArrayList<>(List.of(1.0, 3.0, 1.05, 4.0, 2.0));
        return Pipeline.of(Problems.network(7))
                .stage(Stage.of("weights", Unstructured.global(Magnitude.L1)
                        .sparsity(0.5)
                        .schedule(SparsitySchedule.linear(2)))
                        .tolerance(0.1))
                .evaluate(Measure.lower("loss", model -> losses.removeFirst()));
    }

    @Test
    void everyStageAndStepHasALine(@TempDir Path directory) throws Exception {
        var text = new StringBuilder();
        pipeline().resumeFrom(directory).listen(StageProgress.to(text)).run();

        assertEquals(
                """
                stage 1/1, weights: magnitude l1 | weights | global | sparsity 0.5 | linear 2
                  step 1/2: 17 of 68 units removed, loss 3.00000, retrained 1.05000
                  step 2/2: 34 of 68 units removed, loss 4.00000, retrained 2.00000
                  accuracy drop exceeds the tolerance: rolled back to step 1
                  75.00 % of the weights are kept
                """,
                text.toString());

        text.setLength(0);
        pipeline().resumeFrom(directory).listen(StageProgress.to(text)).run();
        assertEquals("stage weights: resumed from an earlier run\n", text.toString());
    }

    @Test
    void aStreamThatCannotBeWrittenToEndsTheRun() {
        Appendable full = new Appendable() {
            @Override
            public Appendable append(CharSequence text) throws IOException {
                throw new IOException("full");
            }

            @Override
            public Appendable append(CharSequence text, int start, int end) throws IOException {
                throw new IOException("full");
            }

            @Override
            public Appendable append(char c) throws IOException {
                throw new IOException("full");
            }
        };

        assertThrows(UncheckedIOException.class, () -> pipeline().listen(StageProgress.to(full)).run());
    }
}

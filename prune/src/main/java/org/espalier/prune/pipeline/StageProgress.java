package org.espalier.prune.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.espalier.prune.PruningPlan;

/** Writes a line for every stage and every step of a pipeline. */
public final class StageProgress implements PipelineListener {
    private final Appendable out;

    private StageProgress(Appendable out) {
        this.out = out;
    }

    /** Lines on a stream such as {@code System.out}; a stream that cannot be written to ends the run. */
    public static StageProgress to(Appendable out) {
        return new StageProgress(out);
    }

    @Override
    public void stageBegins(Stage stage, int index, int stages) {
        line("stage %d/%d, %s: %s", index, stages, stage.name(), stage.description());
    }

    @Override
    public void pruned(Stage stage, int step, PruningPlan plan) {
        plan.risks().forEach(risk -> line("  risk: %s", risk.text()));
    }

    @Override
    public void retrained(Stage stage, StepReport step) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "  step %d/%d: %d of %d units removed",
                step.step(),
                stage.steps(),
                step.removed(),
                step.units()));
        step.retrained().forEach((name, value) -> text.append(
                String.format(Locale.ROOT, ", %s %.5f, retrained %.5f", name, step.pruned().get(name), value)));
        line("%s", text);
    }

    @Override
    public void stageEnds(StageReport stage) {
        if (stage.rolledBack()) {
            line("  accuracy drop exceeds the tolerance: rolled back to %s",
                    stage.keptStep() == 0 ? "the model before the stage" : "step " + stage.keptStep());
        }
        line("  %.2f %% of the weights are kept", 100 * stage.total().density());
    }

    @Override
    public void stageResumed(StageReport stage) {
        line("stage %s: resumed from an earlier run", stage.name());
    }

    private void line(String format, Object... values) {
        try {
            out.append(String.format(Locale.ROOT, format, values)).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.espalier.examples.report;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.prune.pipeline.PipelineListener;
import org.espalier.prune.pipeline.StageReport;

/**
 * Counts, while a pipeline runs, what each stage leaves: inputs, neurons and weights of every linear layer. Give it to
 * {@code Pipeline.listen} and then to {@link RunRecorder#stages}.
 */
public final class StageUnits implements PipelineListener {
    private final Layer model;
    private final List<Stage> stages = new ArrayList<>();

    private StageUnits(Layer model) {
        this.model = model;
        stages.add(new Stage("dense", count(model)));
    }

    /** A listener to the pipeline that prunes this model. */
    public static StageUnits of(Layer model) {
        return new StageUnits(model);
    }

    /**
     * What was there after a stage.
     *
     * @param name the stage's name; {@code dense} before the first
     * @param layers the linear layers
     */
    public record Stage(String name, List<Kept> layers) {}

    /**
     * What is left of a layer.
     *
     * @param layer its dotted name
     * @param inputs inputs that a kept weight reads
     * @param neurons neurons that have a kept weight
     * @param weights kept weights
     */
    public record Kept(String layer, int inputs, int neurons, long weights) {}

    @Override
    public void stageEnds(StageReport stage) {
        stages.add(new Stage(stage.name(), count(model)));
    }

    /** Counts nothing: what a stage of an earlier run left is not known. */
    @Override
    public void stageResumed(StageReport stage) {
        stages.add(new Stage(stage.name(), List.of()));
    }

    /** The model before the first stage, and after each. */
    public List<Stage> stages() {
        return List.copyOf(stages);
    }

    private static List<Kept> count(Layer model) {
        return Matrices.of(model).stream()
                .map(matrix -> new Kept(matrix.name(), matrix.inputsKept(), matrix.neuronsKept(), matrix.kept()))
                .toList();
    }
}

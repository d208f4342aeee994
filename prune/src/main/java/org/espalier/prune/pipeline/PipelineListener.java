package org.espalier.prune.pipeline;

import org.espalier.prune.PruningPlan;

/** Listens to the progress of a pipeline, on the thread that runs it. An exception thrown here stops the run. */
public interface PipelineListener {
    /** A stage begins; stages count from 1. */
    default void stageBegins(Stage stage, int index, int stages) {}

    /** A step of a stage that prunes by a plan has been pruned and not yet retrained. */
    default void pruned(Stage stage, int step, PruningPlan plan) {}

    /** A step has been retrained and measured. */
    default void retrained(Stage stage, StepReport step) {}

    /** A stage has ended. */
    default void stageEnds(StageReport stage) {}

    /** A stage was read from the directory of an earlier run. */
    default void stageResumed(StageReport stage) {}
}

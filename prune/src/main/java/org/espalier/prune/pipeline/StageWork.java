package org.espalier.prune.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.FormatTable;
import org.espalier.prune.PruningPlan;

/** Executes a stage step by step. The pipeline restores the model on failure. */
interface StageWork {
    /**
     * Begins a stage; the model is changed only by its steps.
     *
     * @throws IllegalArgumentException if the stage asks for something that cannot be done
     */
    static StageWork of(Stage stage, StageContext context) {
        return switch (stage) {
            case PruningStage pruning -> pruning.begin(context);
            case ReconstructionStage reconstruction -> reconstruction.begin(context);
            case DepthStage depth -> depth.begin(context);
            case TrainingStage training -> training.begin(context);
            case QuantizationStage quantization -> quantization.begin(context);
            case DeployStage deploy -> deploy.begin(context);
        };
    }

    /**
     * Changes the model.
     *
     * @param step its number, from 1
     * @param seed for whatever is left to chance; differs from step to step
     */
    Done step(int step, long seed);

    /** Retrains the model after a step. */
    default void retrain(Layer model, Retraining retraining, Retraining.Round round) {
        retraining.retrain(model, round);
    }

    /** The result of a step, once the model has been retrained. */
    default Done retrained(Done done) {
        return done;
    }

    /** More numbers about the steps so far, for the report. */
    default List<StageFact> facts() {
        return List.of();
    }

    /** The model that is measured and that results from the stage: the one it changes, or a copy made of it. */
    default Layer result(Layer model) {
        return model;
    }

    /** The formats chosen for the layers of {@link #result}, if the stage chooses any. */
    default Optional<FormatTable> formats() {
        return Optional.empty();
    }

    /** The scales found for the inputs of layers, by the layer's name, if the stage quantizes inputs. */
    default Map<String, ActivationScale> inputScales() {
        return Map.of();
    }

    /** The units that the amount asked to remove, if floors kept some of them in the last step. */
    default Optional<Integer> asked() {
        return Optional.empty();
    }

    /** The layers of the model after the steps so far. */
    default List<LayerReport> layers(Layer model) {
        return LayerReport.of(model);
    }

    /**
     * What a step did.
     *
     * @param units units in the scope of the stage, removed ones included
     * @param removed those that are removed now
     * @param plan the plan that was applied, if the stage makes plans
     */
    record Done(int units, int removed, Optional<PruningPlan> plan) {}
}

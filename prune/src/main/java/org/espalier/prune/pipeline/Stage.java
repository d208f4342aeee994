package org.espalier.prune.pipeline;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.espalier.prune.Pruner;
import org.espalier.prune.criterion.BlockCriterion;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.WeightFormat;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.training.SparseTraining;

/**
 * One stage of a pipeline: a change of the model in one or more steps, each followed by retraining. Stages are data;
 * there is one record for each kind. A global stage and a local one differ only in the pruner's allocation and scope.
 */
public sealed interface Stage
        permits PruningStage, ReconstructionStage, DepthStage, TrainingStage, QuantizationStage, DeployStage {
    /** What it is called in reports and errors: one line without quotes. */
    String name();

    /** How the model recovers, and how bad it may become. */
    RetrainingPolicy policy();

    /** The same stage with another recovery. */
    Stage policy(RetrainingPolicy policy);

    /** In how many steps it goes, at least 1; one if the stage does not say more. */
    default int steps() {
        return 1;
    }

    /** What it does, in one line for tables. */
    String description();

    /** A stage that prunes, with the pipeline's retraining, one epoch between steps and no limit. */
    static PruningStage of(String name, Pruner pruner) {
        return new PruningStage(name, pruner, RetrainingPolicy.DEFAULT);
    }

    /** A stage that prunes and repairs, with the pipeline's retraining and no limit. */
    static ReconstructionStage of(String name, Reconstructor reconstructor) {
        return new ReconstructionStage(name, reconstructor, RetrainingPolicy.DEFAULT);
    }

    /** A stage that removes residual blocks, one in each step, with the pipeline's retraining and no limit. */
    static DepthStage depth(String name, BlockCriterion criterion, int blocks) {
        return new DepthStage(name, criterion, blocks, RetrainingPolicy.DEFAULT);
    }

    /** A stage that trains with a method that moves masks, for the pipeline's epochs of retraining and no limit. */
    static TrainingStage training(String name, SparseTraining method) {
        return new TrainingStage(name, method, RetrainingPolicy.DEFAULT);
    }

    /** A stage that rounds weights to 8 bits, with the pipeline's retraining and no limit. */
    static QuantizationStage int8(String name) {
        return quantization(name, Quantization.of(WeightFormat.int8()));
    }

    /** A stage that rounds weights and perhaps inputs, with the pipeline's retraining and no limit. */
    static QuantizationStage quantization(String name, Quantization how) {
        return new QuantizationStage(name, how, Optional.empty(), RetrainingPolicy.DEFAULT);
    }

    /**
     * A stage that learns masks and rounded weights together, for the pipeline's epochs of retraining and no limit.
     *
     * @param masks a method whose masked weights rest, such as gradual pruning
     */
    static QuantizationStage sparseQuantizationAware(String name, Quantization how, SparseTraining masks) {
        return new QuantizationStage(name, how, Optional.of(masks), RetrainingPolicy.DEFAULT);
    }

    /**
     * The last stage: shrinks a copy of the model and chooses the fastest format of each layer.
     *
     * @param batches rows per call that it should be fast for
     */
    static DeployStage deploy(String name, int... batches) {
        return new DeployStage(name, Arrays.stream(batches).boxed().toList(), RetrainingPolicy.DEFAULT);
    }

    /** Retraining after the last step; the pipeline's number by default. */
    default OptionalInt epochs() {
        return policy().epochs();
    }

    /** Retraining after each step before the last. */
    default int epochsBetween() {
        return policy().epochsBetween().orElse(1);
    }

    /** How much worse the first measure may be than before the first stage. */
    default OptionalDouble tolerance() {
        return policy().tolerance();
    }

    /** Retrains so long after the last step. */
    default Stage epochs(int epochs) {
        return policy(policy().epochs(epochs));
    }

    /** Retrains so long after each step before the last. */
    default Stage epochsBetween(int epochs) {
        return policy(policy().epochsBetween(epochs));
    }

    /** Goes back if the first measure ends up worse than before the first stage by more than this. */
    default Stage tolerance(double drop) {
        return policy(policy().tolerance(drop));
    }
}

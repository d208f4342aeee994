package org.espalier.prune.pipeline;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.espalier.nn.Layer;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.training.GradualPruning;
import org.espalier.prune.training.Methods;
import org.espalier.prune.training.SparseTraining;

/**
 * A stage that trains with a method that moves masks, such as RigL: the pipeline's retraining, for the epochs that the
 * stage or the pipeline says, is the training the method takes part in. It must be one that {@link Retraining} makes. A
 * plan, which trains nothing, cannot tell what it would remove.
 *
 * @param name what it is called in reports and errors
 * @param dynamics how the masks move
 * @param recovery for how long to train, and how bad the model may become
 */
public record TrainingStage(String name, SparseTraining dynamics, RetrainingPolicy recovery) implements Stage {
    /** Checks the name. */
    public TrainingStage {
        StageKind.requireName(name);
    }

    @Override
    public TrainingStage recovery(RetrainingPolicy recovery) {
        return new TrainingStage(name, dynamics, recovery);
    }

    /** The method in one line, its parts separated as those of other stages are. */
    @Override
    public String method() {
        return dynamics.text().replace(", ", " | ");
    }

    StageWork begin(StageContext context) {
        return new Work(this, context);
    }

    SequencedMap<String, String> choices() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("method", dynamics.text());
        return lines;
    }

    static TrainingStage read(String name, RecipeLines lines, RetrainingPolicy recovery) {
        return new TrainingStage(
                name, lines.read("method", Methods::parse, GradualPruning.sparsity(0.9)), recovery);
    }

    /** Nothing before training, all with it. */
    private record Work(TrainingStage stage, StageContext context) implements StageWork {
        @Override
        public Done step(int step, long seed) {
            return done();
        }

        @Override
        public void retrain(Layer model, Retraining retraining, Retraining.Round round) {
            try {
                retraining.retrain(model, round, stage.dynamics, context.kinds());
            } catch (IllegalStateException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }

        @Override
        public Done retrained(Done before) {
            return done();
        }

        private Done done() {
            int weights = 0;
            int kept = 0;
            for (var target : PrunableWeight.of(context.model())) {
                weights += target.weight().size();
                kept += target.weight().kept();
            }
            return new Done(weights, weights - kept, Optional.empty());
        }
    }
}

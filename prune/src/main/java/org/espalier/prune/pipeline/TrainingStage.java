package org.espalier.prune.pipeline;

import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.training.SparseTraining;

/**
 * A stage of sparse training, such as RigL: the method takes part in the pipeline's retraining, for the epochs of the
 * stage or else of the pipeline. The retraining must be one that {@link Retraining} makes. A plan, which trains
 * nothing, cannot tell what it would remove.
 *
 * @param name what it is called in reports and errors
 * @param method how the masks move
 * @param policy for how long to train, and how bad the model may become
 */
@Notation("training")
public record TrainingStage(String name, @Default("gradual") SparseTraining method, RetrainingPolicy policy)
        implements Stage {
    /** Checks the name. */
    public TrainingStage {
        RecipeText.requireName(name);
    }

    @Override
    public TrainingStage policy(RetrainingPolicy policy) {
        return new TrainingStage(name, method, policy);
    }

    /** The method in one line, its parts separated as those of other stages are. */
    @Override
    public String description() {
        return method.text().replace(", ", " | ");
    }

    StageWork begin(StageContext context) {
        return new Work(this, context);
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
                retraining.retrain(model, round, stage.method);
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

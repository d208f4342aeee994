package org.espalier.prune.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.FormatTable;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;

/**
 * The last stage of a pipeline: shrinks a copy of the model and chooses for each of its linear layers the format that
 * this machine multiplies fastest, or that a {@linkplain Pipeline#formats given table} says; dense weights where no
 * other is faster or the table has no line that fits. The pipeline's model stays as it is and is not retrained: the
 * report tells the layers and measures of the smaller one and holds the table, and {@link Artifact} makes a file of
 * both. The outputs are those of the masked model but for rounding.
 *
 * @param name what it is called in reports and errors
 * @param batches rows per call that it should be fast for
 * @param policy how bad the smaller model may be; it says no epochs
 */
@Notation("deploy")
public record DeployStage(String name, @Default("1") List<Integer> batches, RetrainingPolicy policy) implements Stage {
    /** Checks the name, that there are batches and that they are positive, and that no retraining is asked for. */
    public DeployStage {
        RecipeText.requireName(name);
        batches = List.copyOf(batches);
        if (batches.isEmpty() || batches.stream().anyMatch(batch -> batch < 1)) {
            throw new IllegalArgumentException("deploy: the batches to be fast for must be positive, not " + batches);
        }
        if (policy.epochs().orElse(0) > 0) {
            throw new IllegalArgumentException("deploy: a smaller copy is not retrained; retrain in a stage before");
        }
    }

    @Override
    public DeployStage policy(RetrainingPolicy policy) {
        return new DeployStage(name, batches, policy);
    }

    @Override
    public String description() {
        return "shrink | fastest formats | batches " + texts();
    }

    private String texts() {
        return batches.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    StageWork begin(StageContext context) {
        return new Work(this, context);
    }

    /** The smaller copy and its table; the model itself is only read. */
    private static final class Work implements StageWork {
        private final DeployStage stage;
        private final StageContext context;
        private Layer shrunk;
        private Optional<FormatTable> table = Optional.empty();

        Work(DeployStage stage, StageContext context) {
            this.stage = stage;
            this.context = context;
            shrunk = context.model();
        }

        @Override
        public Done step(int step, long seed) {
            shrunk = Shrink.of(context.model()).model();
            table = context.formats().of(shrunk, stage.batches);
            int weights = (int) ModelCost.of(context.model()).total().weights();
            return new Done(weights, weights - (int) ModelCost.of(shrunk).total().keptWeights(), Optional.empty());
        }

        @Override
        public void retrain(Layer model, Retraining retraining, Retraining.Round round) {
            // What has been shrunk is what is deployed.
        }

        @Override
        public Layer result(Layer model) {
            return shrunk;
        }

        @Override
        public List<LayerReport> layers(Layer model) {
            return LayerReport.of(shrunk);
        }

        @Override
        public Optional<FormatTable> formats() {
            return table;
        }
    }
}

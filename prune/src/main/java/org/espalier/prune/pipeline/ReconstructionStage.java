package org.espalier.prune.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.secondorder.Reconstructed;
import org.espalier.prune.secondorder.Reconstructor;

/**
 * A stage that prunes layer by layer and repairs the remaining weights, in one step. Its report tells for each layer
 * the squared error of its outputs with the weights that stay left as they were, and with them repaired.
 *
 * @param name what it is called in reports and errors
 * @param reconstructor what is removed and how the rest is repaired
 * @param policy how the model recovers
 */
@Notation("reconstruction")
public record ReconstructionStage(String name, Reconstructor reconstructor, RetrainingPolicy policy)
        implements Stage {
    /** Checks the name. */
    public ReconstructionStage {
        RecipeText.requireName(name);
    }

    @Override
    public ReconstructionStage policy(RetrainingPolicy policy) {
        return new ReconstructionStage(name, reconstructor, policy);
    }

    @Override
    public String description() {
        var layers = reconstructor.layers();
        return reconstructor.method().text() + " | " + reconstructor.pattern().text() + " | sparsity "
                + reconstructor.sparsity()
                + (layers.isEmpty() ? "" : " | layers " + String.join(", ", layers));
    }

    StageWork begin(StageContext context) {
        return new Work(reconstructor, context);
    }

    private static final class Work implements StageWork {
        private final Reconstructor reconstructor;
        private final StageContext context;
        private List<Reconstructed> layers = List.of();

        Work(Reconstructor reconstructor, StageContext context) {
            this.reconstructor = reconstructor;
            this.context = context;
        }

        @Override
        public Done step(int step, long seed) {
            layers = reconstructor.apply(context.model(), context.calibration());
            int weights = layers.stream().mapToInt(Reconstructed::size).sum();
            int kept = layers.stream().mapToInt(Reconstructed::kept).sum();
            return new Done(weights, weights - kept, Optional.empty());
        }

        @Override
        public List<StageFact> facts() {
            var facts = new ArrayList<StageFact>();
            for (var layer : layers) {
                facts.add(new StageFact(layer.layer(), "error without repair", layer.masked()));
                facts.add(new StageFact(layer.layer(), "error repaired", layer.repaired()));
            }
            return facts;
        }
    }
}

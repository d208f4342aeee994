package org.espalier.prune.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.espalier.prune.secondorder.Reconstructed;
import org.espalier.prune.secondorder.Reconstructions;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.secondorder.SparseGpt;
import org.espalier.prune.sparsity.Patterns;
import org.espalier.prune.sparsity.Weights;

/**
 * A stage that prunes layer by layer and repairs what is left, in one step. Its report tells for each layer the squared
 * error of its outputs with the weights that stay left as they were, and with them repaired.
 *
 * @param name what it is called in reports and errors
 * @param reconstructor what is removed and how the rest is repaired
 * @param recovery how the model recovers
 */
public record ReconstructionStage(String name, Reconstructor reconstructor, RetrainingPolicy recovery)
        implements Stage {
    /** Checks the name. */
    public ReconstructionStage {
        StageKind.requireName(name);
    }

    @Override
    public ReconstructionStage recovery(RetrainingPolicy recovery) {
        return new ReconstructionStage(name, reconstructor, recovery);
    }

    @Override
    public String method() {
        var layers = reconstructor.layers();
        return reconstructor.method().text() + " | " + reconstructor.pattern().text() + " | sparsity "
                + reconstructor.sparsity()
                + (layers.isEmpty() ? "" : " | layers " + String.join(", ", layers));
    }

    StageWork begin(StageContext context) {
        return new Work(reconstructor, context);
    }

    SequencedMap<String, String> choices() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("method", reconstructor.method().text());
        lines.put("sparsity", String.valueOf(reconstructor.sparsity()));
        if (!reconstructor.pattern().equals(new Weights())) {
            lines.put("pattern", reconstructor.pattern().text());
        }
        if (!reconstructor.layers().isEmpty()) {
            lines.put("layers", String.join(", ", reconstructor.layers()));
        }
        return lines;
    }

    static ReconstructionStage read(String name, RecipeLines lines, RetrainingPolicy recovery) {
        var reconstructor = new Reconstructor(
                lines.read("method", Reconstructions::parse, new SparseGpt()),
                lines.read("sparsity", Double::parseDouble, 0.0),
                lines.read("pattern", Patterns::parse, new Weights()),
                lines.read("layers", RecipeLines::names, List.of()));
        return new ReconstructionStage(name, reconstructor, recovery);
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

package org.espalier.prune.pipeline;

import java.util.List;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.graph.Shrink;

/**
 * The file of a pruned model: a {@link ModelFile} that also records how the model was made, in four strings of its
 * metadata. Pack it with {@link ModelFile#packed}, which keeps them.
 *
 * <ul>
 *   <li>{@value #RECIPE}: the pipeline, which {@link Recipe#parse} reads back;
 *   <li>{@value #SEED}: the seed of the run;
 *   <li>{@value #COSTS}: a JSON object of the layers: {@code {"fc1": [weights, kept weights, kept FLOPs], …}};
 *   <li>{@value #REPORT}: the SHA-256 of {@link PruningReport#toJson} as compact text, in hexadecimal digits, by which
 *       a report that is kept elsewhere is known to belong to this model.
 * </ul>
 *
 * <p>If the pipeline ended with a {@link DeployStage}, the model is the smaller one, and
 * {@value InferenceModel#FORMATS} is the table of its formats, by which {@link InferenceModel} compiles it.
 */
public final class Artifact {
    /** The key of the recipe. */
    public static final String RECIPE = "recipe";

    /** The key of the seed. */
    public static final String SEED = "seed";

    /** The key of the costs. */
    public static final String COSTS = "costs";

    /** The key of the report's hash. */
    public static final String REPORT = "report.sha256";

    private Artifact() {}

    /**
     * The file of a model that a pipeline pruned.
     *
     * @throws IllegalArgumentException if a layer is of a kind that has no known costs
     */
    public static ModelFile of(Layer model, Recipe recipe, PruningReport report) {
        return report.formats()
                .map(table -> file(Shrink.of(model).model(), recipe, report)
                        .with(InferenceModel.FORMATS, table.toJson().compact()))
                .orElseGet(() -> file(model, recipe, report));
    }

    private static ModelFile file(Layer model, Recipe recipe, PruningReport report) {
        return ModelFile.of(model)
                .with(RECIPE, recipe.toText())
                .with(SEED, Long.toString(report.seed()))
                .with(COSTS, costs(model).compact())
                .with(REPORT, hash(report));
    }

    /** Whether a file says that this is the report of its model. */
    public static boolean belongs(PruningReport report, ModelFile file) {
        return hash(report).equals(file.metadata().get(REPORT));
    }

    private static Json.Obj costs(Layer model) {
        var costs = Json.object();
        for (var layer : ModelCost.of(model).layers()) {
            costs = costs.with(
                    layer.name(),
                    Json.array(List.of(
                            new Json.Int(layer.weights()),
                            new Json.Int(layer.keptWeights()),
                            new Json.Int(layer.keptFlops()))));
        }
        return costs;
    }

    private static String hash(PruningReport report) {
        return Fingerprint.of(report.toJson().compact());
    }
}

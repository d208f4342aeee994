package org.espalier.prune.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Dependency;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Parameter;

/**
 * A sign that pruning has cut a model, or nearly: a layer without weights, fewer weights than the model has outputs in
 * a layer that all must pass, outputs that are the same for every input. SynFlow calls the first layer collapse (Tanaka
 * et al., NeurIPS 2020, arXiv 2006.05467). An empty layer inside a residual block cuts nothing, because the stream goes
 * around it; then the outputs still depend on the inputs and only the layer is named.
 *
 * @param kind what it is
 * @param layer the layer's dotted name; empty for outputs
 * @param count the weights that are left, or the outputs that are constant
 */
public record CollapseRisk(Kind kind, String layer, int count) {
    /** What may be wrong. */
    public enum Kind {
        /** A linear layer has no weight left. */
        EMPTY_LAYER,
        /** A linear layer has fewer weights left than the model has outputs. */
        THIN_LAYER,
        /** Outputs of the model are the same for every input. */
        CONSTANT_OUTPUTS
    }

    /**
     * The risks of a model with its present masks, layers in order and outputs last.
     *
     * @throws org.espalier.tensor.ShapeException if the layers do not fit one another
     */
    public static List<CollapseRisk> of(Layer model) {
        var graph = DependencyGraph.of(model);
        int outputs = graph.output().size();
        var risks = new ArrayList<CollapseRisk>();
        Layers.walk(model, (name, layer) -> {
            if (layer.dependency() instanceof Dependency.Dense dense) {
                of(name, dense.weight(), outputs).ifPresent(risks::add);
            }
        });
        var facts = Liveness.of(graph);
        int constant = 0;
        for (int i = 0; i < outputs; i++) {
            constant += facts.isConstant(graph.output().slot(i)) ? 1 : 0;
        }
        if (constant > 0) {
            risks.add(new CollapseRisk(Kind.CONSTANT_OUTPUTS, "", constant));
        }
        return List.copyOf(risks);
    }

    private static Optional<CollapseRisk> of(String name, Parameter weight, int outputs) {
        int kept = weight.kept();
        if (kept == 0 && weight.size() > 0) {
            return Optional.of(new CollapseRisk(Kind.EMPTY_LAYER, name, 0));
        }
        boolean thin = kept < Math.min(outputs, weight.size());
        return thin ? Optional.of(new CollapseRisk(Kind.THIN_LAYER, name, kept)) : Optional.empty();
    }

    /** In words, for example {@code layer 'fc2' has no weight left}. */
    public String text() {
        return switch (kind) {
            case EMPTY_LAYER -> "layer '" + layer + "' has no weight left";
            case THIN_LAYER -> "layer '" + layer + "' has " + count + " weights left, fewer than the model has outputs";
            case CONSTANT_OUTPUTS -> count + " outputs are the same for every input";
        };
    }
}

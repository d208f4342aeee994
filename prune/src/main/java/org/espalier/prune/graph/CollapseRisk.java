package org.espalier.prune.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Dependency;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Parameter;

/**
 * A risk of layer collapse: a layer without weights, with fewer weights than the model has outputs, or with a tenth of
 * its weights at most and fewer than it has inputs or neurons; a layer that only its floor keeps from that; outputs
 * that are the same for every input. SynFlow calls the first layer collapse (Tanaka
 * et al., NeurIPS 2020, arXiv 2006.05467). An empty layer inside a residual block cuts nothing, because the stream goes
 * around it; then the outputs still depend on the inputs and only the layer is named.
 *
 * @param kind what it is
 * @param layer the layer's dotted name; empty for outputs
 * @param count the weights or units that are left, the outputs that are constant, or the samples with equal outputs
 */
public record CollapseRisk(Kind kind, String layer, int count) {
    /** The density up to which a layer with fewer weights than inputs or neurons is thin. */
    private static final double FEW = 0.1;

    /** What may be wrong. */
    public enum Kind {
        /** A linear layer has no weight left. */
        EMPTY_LAYER,
        /** A linear layer has almost no weights left: fewer than the model has outputs, or inputs or neurons. */
        THIN_LAYER,
        /** The amount asks for more of a layer than its floor lets go. */
        HELD_BY_FLOOR,
        /** Outputs of the model are the same for every input. */
        CONSTANT_OUTPUTS,
        /** The model gives the same outputs for all calibration samples. */
        EQUAL_PREDICTIONS
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
                of(name, dense.weight(), dense.weight().kept(), outputs).ifPresent(risks::add);
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

    /**
     * The risk of one layer if this number of its weights were kept.
     *
     * @param name the layer's dotted name
     * @param weight its weight, [out, in]
     * @param kept the number of weights that are kept
     * @param outputs the number of outputs of the model; 0 if it does not matter
     */
    public static Optional<CollapseRisk> of(String name, Parameter weight, int kept, int outputs) {
        if (kept == 0 && weight.size() > 0) {
            return Optional.of(new CollapseRisk(Kind.EMPTY_LAYER, name, 0));
        }
        int lines = Math.max(weight.shape().dim(0), weight.shape().dim(1));
        boolean few = kept < lines && kept <= FEW * weight.size();
        boolean thin = few || kept < Math.min(outputs, weight.size());
        return thin ? Optional.of(new CollapseRisk(Kind.THIN_LAYER, name, kept)) : Optional.empty();
    }

    /** In words, for example {@code layer collapse: layer 'fc2' has no weight left}. */
    public String text() {
        return switch (kind) {
            case EMPTY_LAYER -> "layer collapse: layer '" + layer + "' has no weight left";
            case THIN_LAYER -> "near layer collapse: layer '" + layer + "' has only " + count
                    + " weights left, fewer than it has inputs or neurons, or the model outputs";
            case HELD_BY_FLOOR -> "layer '" + layer + "' is held at its floor of " + count
                    + " units: the amount asks for fewer";
            case CONSTANT_OUTPUTS -> "layer collapse: " + count + " outputs are the same for every input";
            case EQUAL_PREDICTIONS -> "layer collapse: the outputs are equal for all " + count + " calibration samples";
        };
    }
}

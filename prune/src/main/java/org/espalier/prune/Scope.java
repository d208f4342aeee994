package org.espalier.prune;

import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.sparsity.SparsityPattern;

/**
 * Which layers a pruner looks at.
 *
 * @param layers their dotted names; empty for the usual ones: every linear layer, but not the neurons of the last one,
 *     which are the model's outputs
 */
public record Scope(List<String> layers) {
    /** The usual layers. */
    public static final Scope USUAL = new Scope(List.of());

    /** Takes its own copy of the list. */
    public Scope {
        layers = List.copyOf(layers);
    }

    /** These layers only. */
    public static Scope of(String... layers) {
        return new Scope(List.of(layers));
    }

    /**
     * The targets in the scope, in the order of the model.
     *
     * @throws IllegalArgumentException if a named layer does not exist or nothing is left
     */
    List<PrunableWeight> targets(Layer model, SparsityPattern pattern) {
        var all = PrunableWeight.of(model);
        for (var layer : layers) {
            requireLayer(layer, all);
        }
        var chosen = all.stream()
                .filter(target -> layers.isEmpty()
                        ? !(pattern.removesBias() && target == all.getLast())
                        : layers.contains(target.layer()))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("there is no layer to prune " + pattern.text()
                    + " of: the outputs of a model are left alone unless their layer is named");
        }
        return chosen;
    }

    /** Refuses a layer that is not among the targets. */
    static void requireLayer(String layer, List<PrunableWeight> targets) {
        Optional<PrunableWeight> found =
                targets.stream().filter(target -> target.layer().equals(layer)).findFirst();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no linear layer '" + layer + "'; there are "
                    + String.join(", ", targets.stream().map(PrunableWeight::layer).toList()));
        }
    }
}

package org.espalier.prune.criterion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Dropout;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Sequential;

/** What stands behind a linear layer in the chain that holds it, feature for feature. */
final class Followers {
    private Followers() {}

    /**
     * The dotted name of the activation function behind a layer, with nothing but norms and dropout between; the name
     * of the layer itself if there is none, or none in the same {@link Sequential}.
     */
    static String activation(Layer model, String layer) {
        for (var follower : after(model, layer)) {
            switch (follower.getValue()) {
                case Activation function -> {
                    return prefix(layer) + follower.getKey();
                }
                case BatchNorm1d norm -> {}
                case LayerNorm norm -> {}
                case Dropout dropout -> {}
                default -> {
                    return layer;
                }
            }
        }
        return layer;
    }

    /** The batch norm right behind a layer. */
    static Optional<BatchNorm1d> norm(Layer model, String layer) {
        return after(model, layer).stream()
                .findFirst()
                .map(Map.Entry::getValue)
                .filter(BatchNorm1d.class::isInstance)
                .map(BatchNorm1d.class::cast);
    }

    private static List<Map.Entry<String, Layer>> after(Layer model, String layer) {
        var parent = model;
        var path = layer.split("\\.");
        for (int i = 0; i < path.length - 1; i++) {
            parent = parent.children().get(path[i]);
        }
        if (!(parent instanceof Sequential)) {
            return List.of();
        }
        var own = path[path.length - 1];
        return parent.children().entrySet().stream()
                .dropWhile(child -> !child.getKey().equals(own))
                .skip(1)
                .toList();
    }

    private static String prefix(String layer) {
        return layer.substring(0, layer.lastIndexOf('.') + 1);
    }
}

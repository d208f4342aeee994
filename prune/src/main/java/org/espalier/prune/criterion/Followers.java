package org.espalier.prune.criterion;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Activation;
import org.espalier.nn.Dependency;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Parameter;
import org.espalier.nn.Sequential;

/** Finds the activation or norm that follows a linear layer in the chain that holds it. */
final class Followers {
    private Followers() {}

    /**
     * The dotted name of the activation function behind a layer, with nothing but norms and dropout between; the name
     * of the layer itself if there is none, or none in the same {@link Sequential}.
     */
    static String activation(Layer model, String layer) {
        for (var follower : after(model, layer)) {
            if (follower.getValue() instanceof Activation) {
                return layer.substring(0, layer.lastIndexOf('.') + 1) + follower.getKey();
            }
            var dependency = follower.getValue().dependency();
            if (!(dependency instanceof Dependency.Elementwise || dependency instanceof Dependency.Coupled)) {
                return layer;
            }
        }
        return layer;
    }

    /** The scale, [features], that the norm right behind a layer gives each feature by itself. */
    static Optional<Parameter> scale(Layer model, String layer) {
        return after(model, layer).stream()
                .findFirst()
                .flatMap(follower -> follower.getValue().dependency() instanceof Dependency.Elementwise each
                        ? each.scale()
                        : Optional.empty());
    }

    private static List<Map.Entry<String, Layer>> after(Layer model, String layer) {
        var parent = Layers.all(model).get(layer.substring(0, Math.max(0, layer.lastIndexOf('.'))));
        if (!(parent instanceof Sequential)) {
            return List.of();
        }
        var own = layer.substring(layer.lastIndexOf('.') + 1);
        return parent.children().entrySet().stream()
                .dropWhile(child -> !child.getKey().equals(own))
                .skip(1)
                .toList();
    }
}

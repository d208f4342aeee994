package org.espalier.prune.criterion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.tensor.Storage;

/**
 * A weight that may be pruned, with the layer it belongs to.
 *
 * @param layer the layer's dotted name, such as {@code fc1}; empty if the model itself is a linear layer
 * @param weight its weight, [out, in]
 * @param bias its bias, [out]
 */
public record PrunableWeight(String layer, Parameter weight, Parameter bias) {
    /** The weight of a linear layer. */
    public PrunableWeight(String layer, Linear linear) {
        this(layer, linear.weight(), linear.bias());
    }

    /** Every linear layer of the model in order; layers that share a weight are listed once, under the first name. */
    public static List<PrunableWeight> of(Layer model) {
        var targets = new ArrayList<PrunableWeight>();
        collect("", model, targets, Collections.newSetFromMap(new IdentityHashMap<>()));
        return List.copyOf(targets);
    }

    private static void collect(String name, Layer layer, List<PrunableWeight> targets, Set<Parameter> seen) {
        if (layer instanceof Linear linear && seen.add(linear.weight())) {
            targets.add(new PrunableWeight(name, linear));
        } else if (layer instanceof LinearLike linear && seen.add(linear.weight())) {
            targets.add(new PrunableWeight(name, linear.weight(), linear.bias()));
        }
        layer.children()
                .forEach((child, inner) -> collect(name.isEmpty() ? child : name + "." + child, inner, targets, seen));
    }

    /** The full name of the weight, such as {@code fc1.weight}. */
    public String name() {
        return layer.isEmpty() ? "weight" : layer + ".weight";
    }

    /** What earlier pruning left of the weight. */
    public Optional<Mask> mask() {
        return weight.mask();
    }

    /** The elements of the weight in row-major order; not a copy. */
    float[] elements() {
        return Storage.array(weight().value());
    }

    int out() {
        return weight().shape().dim(0);
    }

    int in() {
        return weight().shape().dim(1);
    }

    /** Whether element {@code i} is left. */
    boolean keeps(int i) {
        return mask().isEmpty() || mask().get().keeps(i);
    }

    /** For example {@code fc1.weight[300, 784]}. */
    @Override
    public String toString() {
        return name() + weight().shape();
    }
}

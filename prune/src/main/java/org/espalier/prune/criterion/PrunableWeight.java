package org.espalier.prune.criterion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.espalier.nn.Dependency;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A weight that may be pruned, with the layer it belongs to.
 *
 * @param layer the layer's dotted name, such as {@code fc1}; empty if the model itself is a linear layer
 * @param weight its weight, [out, in]
 * @param bias its bias, [out], if it has one
 */
public record PrunableWeight(String layer, Parameter weight, Optional<Parameter> bias) {
    /** Every matrix [out, in] of the model in order; layers that share one are listed once, under the first name. */
    public static List<PrunableWeight> of(Layer model) {
        var targets = new ArrayList<PrunableWeight>();
        Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Layers.walk(model, (name, layer) -> of(name, layer)
                .filter(target -> target.weight.isTrainable() && seen.add(target.weight))
                .ifPresent(targets::add));
        return List.copyOf(targets);
    }

    private static Optional<PrunableWeight> of(String name, Layer layer) {
        return switch (layer.dependency()) {
            case Dependency.Dense dense -> Optional.of(new PrunableWeight(name, dense.weight(), dense.bias()));
            case Dependency.Opaque opaque ->
                    opaque.weight().map(weight -> new PrunableWeight(name, weight, opaque.bias()));
            default -> Optional.empty();
        };
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
    public float[] elements() {
        return Storage.array(weight().value());
    }

    /** The number of outputs: rows of the weight. */
    public int out() {
        return weight().shape().dim(0);
    }

    /** The number of inputs: columns of the weight. */
    public int in() {
        return weight().shape().dim(1);
    }

    /** Whether element {@code i} is left. */
    public boolean keeps(int i) {
        return mask().isEmpty() || mask().get().keeps(i);
    }

    /**
     * The elements of a tensor of the weight's shape where the weight is left, +0 elsewhere. They are selected, not
     * multiplied by 0, so NaN and infinities of masked elements do not reach what is computed of the others; the
     * gradient of the selection selects too.
     */
    Tensor select(Tensor elements) {
        if (mask().isEmpty()) {
            return elements;
        }
        var kept = new float[elements.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = keeps(i) ? 1 : 0;
        }
        return Tensor.where(Storage.adopt(elements.shape(), kept), elements, Tensor.zeros(elements.shape()));
    }

    /** For example {@code fc1.weight[300, 784]}. */
    @Override
    public String toString() {
        return name() + weight().shape();
    }
}

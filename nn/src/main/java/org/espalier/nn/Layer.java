package org.espalier.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Tensor;

/**
 * A function with parameters. A layer that holds others names them in {@link #children}; the names, joined by dots,
 * give every parameter of a model its full name, such as {@code fc1.weight}.
 */
public interface Layer {
    /** The layer's value for a batch, rows along axis 0, run as {@code pass} says. */
    Tensor forward(Tensor x, Mode mode);

    /** The layer's value in inference. */
    default Tensor forward(Tensor x) {
        return forward(x, Mode.inference());
    }

    /** The parameters this layer owns itself, in a fixed order. */
    default List<Parameter> ownParameters() {
        return List.of();
    }

    /** The layers inside this one, by name, in order. */
    default SequencedMap<String, Layer> children() {
        return Collections.emptyNavigableMap();
    }

    /**
     * What the layer is, so that a model can be saved and copied.
     *
     * @throws UnsupportedOperationException if this kind of layer does not say: override it, and add the kind to a
     *     {@link LayerKinds}
     */
    default LayerConfig config() {
        throw new UnsupportedOperationException(getClass().getName()
                + " cannot be saved or copied: override config() and add its kind to a LayerKinds");
    }

    /**
     * Every parameter, its own first and then those of its children, by full name. A parameter used in two places is
     * listed once, under the first name.
     */
    default SequencedMap<String, Parameter> parameters() {
        var all = new LinkedHashMap<String, Parameter>();
        collect("", this, all, new IdentityHashMap<>());
        return Collections.unmodifiableSequencedMap(all);
    }

    private static void collect(
            String prefix, Layer layer, SequencedMap<String, Parameter> all, IdentityHashMap<Parameter, Boolean> seen) {
        for (var parameter : layer.ownParameters()) {
            if (seen.put(parameter, true) == null) {
                all.put(prefix + parameter.name(), parameter);
            }
        }
        for (var child : layer.children().entrySet()) {
            collect(prefix + child.getKey() + ".", child.getValue(), all, seen);
        }
    }

    /**
     * Draws the weights (trainable parameters of two or more axes) anew and sets biases to zero. Each parameter has a
     * random stream of its own, so adding a layer does not change the others.
     */
    default void initialize(Init init, long seed) {
        var rng = Rng.of(seed);
        int index = 0;
        for (var parameter : parameters().values()) {
            var stream = rng.split(index++);
            if (parameter.isTrainable() && parameter.shape().rank() >= 2) {
                parameter.assign(init.draw(parameter.shape(), stream));
            } else if (parameter.isTrainable() && parameter.name().equals("bias")) {
                parameter.assign(Tensor.zeros(parameter.shape()));
            }
        }
    }
}

package org.espalier.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.espalier.io.FormatException;
import org.espalier.nn.step.Steps;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Tensor;

/**
 * A function with parameters. A layer that holds others names them in {@link #children}; the names, joined by dots,
 * give every parameter of a model its full name, such as {@code fc1.weight}.
 *
 * {@snippet :
 * import org.espalier.nn.infer.InferenceModel;
 * Layer square = (x, mode) -> x.square();
 * var model = Sequential.of(Linear.of(4, 8), square, Linear.of(8, 1));
 * float[] output = InferenceModel.of(model).predict(1, 2, 3, 4);
 * }
 *
 * <p>A layer says all there is to know of it in its own class. Only {@link #forward(Tensor, Mode)} is required: such a
 * layer trains and is served by an {@code InferenceModel}, but neurons that feed it cannot be pruned. With
 * {@link #ownParameters} it learns, with {@link #config} and {@link #rebuilt} it is saved and copied, with
 * {@link #dependency} and {@link #narrowed} units are pruned through it, with {@link #compile} it is served without
 * garbage.
 */
public interface Layer {
    /** The layer's value for a batch, rows along axis 0. */
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

    /** The length of the vectors that the layer takes; 0 if any will do, or it does not say. */
    default int in() {
        return dependency().in();
    }

    /** Numbers in an output row, given those in an input row; 0 if not known. */
    default int out(int in) {
        return dependency().out(in);
    }

    /**
     * How the features that come out depend on those that go in, so that pruning can remove them. Not known unless the
     * layer says: then nothing in front of it is removed.
     */
    default Dependency dependency() {
        return Dependency.opaque();
    }

    /**
     * Adds to {@code steps} what the layer does in inference, to the same bits. Unless the layer says, that is a step
     * that runs {@link #forward(Tensor)}; it allocates.
     *
     * @throws org.espalier.tensor.ShapeException if the layer does not take what comes in
     */
    default void compile(Steps steps) {
        LayerStep.add(this, steps, steps.shape());
    }

    /**
     * What the layer is, so that a model can be saved and copied.
     *
     * @throws UnsupportedOperationException if this kind of layer does not say
     */
    default LayerConfig config() {
        throw new UnsupportedOperationException(getClass().getName() + " cannot be saved or copied: override config()"
                + " and add its kind to a LayerKinds, and override rebuilt(Blueprint)");
    }

    /**
     * What the layer is when only some features are left.
     *
     * @param inputs the indices of those that still come in, ascending
     * @param outputs the indices of those that are still given, ascending
     */
    default LayerConfig narrowed(int[] inputs, int[] outputs) {
        return config();
    }

    /**
     * A layer of this kind, made of a plan. Layers of this library need not say: {@link LayerKinds} does. A layer
     * without parameters and children is its own copy.
     *
     * @throws FormatException if the plan does not describe one
     * @throws UnsupportedOperationException if this kind of layer does not say
     */
    default Layer rebuilt(Blueprint plan) throws FormatException {
        if (plan.isUnchanged() && ownParameters().isEmpty() && children().isEmpty()) {
            return this;
        }
        var layer = LayerKinds.standard(config().kind(), plan);
        if (layer == null) {
            throw new UnsupportedOperationException(
                    getClass().getName() + " cannot be copied: override rebuilt(Blueprint)");
        }
        return layer;
    }

    /**
     * What the layer is called, with a number, in a {@link Sequential} that names its layers: {@code fc}, {@code relu};
     * {@code layer} for a lambda or an anonymous class.
     */
    default String shortName() {
        var name = getClass().getSimpleName();
        return getClass().isHidden() || name.isEmpty() ? "layer" : name.toLowerCase(Locale.ROOT);
    }

    /**
     * Every parameter, its own first and then those of its children, by full name. A parameter used in two places is
     * listed once, under the first name.
     */
    default SequencedMap<String, Parameter> parameters() {
        var all = new LinkedHashMap<String, Parameter>();
        Layers.collect("", this, all, new IdentityHashMap<>());
        return Collections.unmodifiableSequencedMap(all);
    }

    /**
     * Draws the weights (trainable parameters of two or more axes) and sets biases to zero. Each parameter has a random
     * stream of its own, so adding a layer does not change the others. A model that was not initialized starts as
     * {@code initialize(Init.heNormal(), 0)} would have it.
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

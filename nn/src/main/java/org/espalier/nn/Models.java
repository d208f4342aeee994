package org.espalier.nn;

import org.espalier.io.FormatException;

/** What can be done with a whole model. */
public final class Models {
    private Models() {}

    /**
     * A model of its own with the same layers, names, values and masks. Changes to either do not show in the other;
     * tensors, being immutable, are shared until then, so a copy is cheap.
     *
     * @throws UnsupportedOperationException if a layer has no {@link Layer#config()}
     * @throws IllegalArgumentException if a layer is of a kind that is not in {@link LayerKinds#standard()}
     */
    public static Layer copy(Layer model) {
        return copy(model, LayerKinds.standard());
    }

    /**
     * A copy of a model that has layers of your own.
     *
     * @throws UnsupportedOperationException if a layer has no {@link Layer#config()}
     * @throws IllegalArgumentException if a layer is of a kind that the table does not have
     */
    public static Layer copy(Layer model, LayerKinds kinds) {
        var parameters = model.parameters();
        try {
            return Assembly.build("copy", Architecture.of(model), kinds, (name, shape) -> {
                var parameter = parameters.get(name);
                if (parameter == null || !parameter.shape().equals(shape)) {
                    throw new FormatException("copy", "the model has no parameter " + name + shape);
                }
                return parameter.entry();
            });
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}

package org.espalier.nn;

import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.tensor.Shape;

/** What can be done with a whole model. */
public final class Layers {
    /** The parameters that a model is built from. */
    @FunctionalInterface
    public interface Values {
        /**
         * The value and mask of a parameter.
         *
         * @param name its full name, such as {@code fc1.weight}
         * @param shape the shape it must have
         * @throws FormatException if there is no parameter of this name and shape
         */
        StateDict.Entry get(String name, Shape shape) throws FormatException;
    }

    private Layers() {}

    /** The full name of a layer or parameter in the layer at {@code path}, which is empty for the model itself. */
    public static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

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

    /**
     * The model that a text of {@link Architecture} describes, with the values and masks of a state: how a model of
     * other sizes is made from parts of one.
     *
     * @throws IllegalArgumentException if the text is not one of {@link Architecture}, names a kind that the table does
     *     not have, or does not fit the state
     */
    public static Layer build(Json.Obj architecture, LayerKinds kinds, StateDict state) {
        try {
            return Assembly.build("model", architecture, kinds, (name, shape) -> {
                var entry = state.entries().get(name);
                if (entry == null || !entry.value().shape().equals(shape)) {
                    throw new FormatException("model", "the state has no parameter " + name + shape);
                }
                return entry;
            });
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The model that a text of {@link Architecture} describes, as a reader of files builds it. The text may be hostile:
     * only layers of the table are built, only from parameters that {@code values} has, and the model must describe
     * itself by exactly this text.
     *
     * @param source the file's name, for messages
     * @throws FormatException if the text is not one of {@link Architecture}, names a kind that the table does not
     *     have, or does not fit the values
     */
    public static Layer build(String source, Json.Obj architecture, LayerKinds kinds, Values values)
            throws FormatException {
        return Assembly.build(source, architecture, kinds, values);
    }
}

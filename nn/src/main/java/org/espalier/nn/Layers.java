package org.espalier.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;

/**
 * What can be done with a whole model: walk through its layers, copy it, rebuild it with some layers exchanged.
 *
 * {@snippet :
 * var model = Sequential.of(Linear.of(4, 8), Activation.relu(), Linear.of(8, 2));
 * Layer copy = Layers.copy(model);
 * Layer smooth = Layers.rebuild(model, (path, layer, plan) ->
 *         layer instanceof Relu ? Activation.silu() : layer.rebuilt(plan));
 * Layers.walk(smooth, (path, layer) -> List.of(path, layer.parameters().size()));
 * }
 */
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

    /** Is shown the layers of a model. */
    @FunctionalInterface
    public interface Visitor {
        /** Takes a layer and its full name, which is empty for the model itself. */
        void visit(String path, Layer layer);
    }

    /** Makes the layers of a copy. */
    @FunctionalInterface
    public interface Exchange {
        /**
         * The layer that takes the place of one: {@code layer.rebuilt(plan)} for a copy of it.
         *
         * @param path the layer's full name
         * @param layer the layer of the original
         * @param plan what the copy is made of: the configuration, children that are made already, parameters
         */
        Layer exchange(String path, Layer layer, Blueprint plan) throws FormatException;
    }

    private Layers() {}

    /** The full name of a layer or parameter in the layer at {@code path}, which is empty for the model itself. */
    public static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Shows a visitor every layer, parents first; one that is in two places comes twice. */
    public static void walk(Layer model, Visitor visitor) {
        walk("", model, visitor);
    }

    private static void walk(String path, Layer layer, Visitor visitor) {
        visitor.visit(path, layer);
        layer.children().forEach((name, child) -> walk(join(path, name), child, visitor));
    }

    /** Every layer by full name, in the order of {@link #walk}; the model itself has the empty name. */
    public static SequencedMap<String, Layer> all(Layer model) {
        var all = new LinkedHashMap<String, Layer>();
        walk(model, all::put);
        return Collections.unmodifiableSequencedMap(all);
    }

    static void collect(
            String path, Layer layer, SequencedMap<String, Parameter> all, IdentityHashMap<Parameter, Boolean> seen) {
        for (var parameter : layer.ownParameters()) {
            if (seen.put(parameter, true) == null) {
                all.put(join(path, parameter.name()), parameter);
            }
        }
        for (var child : layer.children().entrySet()) {
            collect(join(path, child.getKey()), child.getValue(), all, seen);
        }
    }

    /**
     * A model of its own with the same layers, names, values and masks. Changes to either do not show in the other;
     * tensors, being immutable, are shared until then, so a copy is cheap.
     *
     * @throws UnsupportedOperationException if a layer has parameters or children and does not say how it is copied
     */
    public static Layer copy(Layer model) {
        return rebuild(model, (path, layer, plan) -> layer.rebuilt(plan));
    }

    /** A copy with some layers exchanged; throws as {@link #rebuild(Layer, Function, Exchange)}. */
    public static Layer rebuild(Layer model, Exchange exchange) {
        return rebuild(model, Parameter::entry, exchange);
    }

    /**
     * A copy with other values of parameters, which may have another shape, and some layers exchanged. A layer or
     * parameter that is in several places is made once and is in the same places of the copy.
     *
     * @param values the value and mask that the copy of a parameter has; asked once for each that is used
     * @param exchange makes each layer, children before parents
     * @throws IllegalArgumentException if a layer cannot be made of its plan
     * @throws UnsupportedOperationException if a layer does not say how it is copied
     */
    public static Layer rebuild(Layer model, Function<Parameter, StateDict.Entry> values, Exchange exchange) {
        return new Rebuild(values, exchange).layer("", model);
    }

    /** One rebuilding of a model. */
    private record Rebuild(Function<Parameter, StateDict.Entry> values, Exchange exchange, Map<Layer, Layer> layers,
            Map<Parameter, Parameter> parameters) {
        Rebuild(Function<Parameter, StateDict.Entry> values, Exchange exchange) {
            this(values, exchange, new IdentityHashMap<>(), new IdentityHashMap<>());
        }

        Layer layer(String path, Layer layer) {
            var made = layers.get(layer);
            if (made != null) {
                return made;
            }
            var children = new LinkedHashMap<String, Layer>();
            layer.children().forEach((name, child) -> children.put(name, layer(join(path, name), child)));
            try {
                made = exchange.exchange(path, layer, new Blueprint(layer, children, this::copy));
            } catch (FormatException | IllegalArgumentException e) {
                var place = path.isEmpty() ? "the model" : "layer " + path;
                throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
            }
            // a layer without parameters may become something else in each of its places
            if (!layer.parameters().isEmpty()) {
                layers.put(layer, made);
            }
            return made;
        }

        private Parameter copy(Parameter parameter) {
            return parameters.computeIfAbsent(parameter, key -> {
                var entry = values.apply(parameter);
                var made = parameter.isTrainable()
                        ? Parameter.of(parameter.name(), entry.value())
                        : Parameter.buffer(parameter.name(), entry.value());
                entry.mask().ifPresent(made::assignMask);
                return made;
            });
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

    /**
     * Gives each weight of a model that was neither set nor read yet the random stream of its place, so that no two
     * layers start alike. Containers of this library do so when they are made, optimizers when they are bound.
     */
    public static void place(Layer model) {
        var rng = Rng.of(0);
        int index = 0;
        for (var parameter : model.parameters().values()) {
            parameter.place(rng.split(index++));
        }
    }
}

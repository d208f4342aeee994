package org.espalier.nn.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.espalier.io.FormatException;
import org.espalier.io.TensorFile;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.tensor.Shape;

/**
 * The layers of a state file in the order of the model, as far as it is known: from the order in the file, if that is
 * the model's, or from the numbers in the names. Two names tell their order if they differ first in a number.
 */
final class LayerOrder {
    private final String source;
    private final boolean ordered;

    /** The shapes of each layer's parameters, by name within the layer; in the order of the file. */
    private final SequencedMap<String, TreeMap<String, Shape>> layers = new LinkedHashMap<>();

    LayerOrder(String source, TensorFile contents, boolean ordered) {
        this.source = source;
        this.ordered = ordered;
        contents.tensors().forEach((name, tensor) -> {
            var parameters = layers.computeIfAbsent(PyTorchNames.layer(name), key -> new TreeMap<>());
            String local = PyTorchNames.unmasked(PyTorchNames.local(name));
            if (local != null && !PyTorchNames.isCounter(name)) {
                parameters.put(local, tensor.shape());
            }
        });
    }

    /** The parameters of a layer of the file, by name within the layer. */
    Map<String, Shape> parameters(String layer) {
        return layers.get(layer);
    }

    /** All layers in order, or null if that cannot be known from the names. */
    List<String> inOrder() {
        var names = new ArrayList<>(layers.keySet());
        if (ordered) {
            return names;
        }
        names.sort(PyTorchNames.ORDER);
        for (int i = 1; i < names.size(); i++) {
            if (!PyTorchNames.tellOrder(names.get(i - 1), names.get(i))) {
                return null;
            }
        }
        return names;
    }

    /** For each layer of a model with parameters the layer of the file. */
    Map<String, String> match(Layer model) throws FormatException {
        var mine = new LinkedHashMap<String, TreeMap<String, Shape>>();
        var once = new LinkedHashMap<String, TreeMap<String, Shape>>();
        var seen = new IdentityHashMap<Layer, Boolean>();
        Layers.walk(model, (path, layer) -> {
            if (layer.ownParameters().isEmpty()) {
                return;
            }
            var parameters = new TreeMap<String, Shape>();
            layer.ownParameters().forEach(parameter -> parameters.put(parameter.name(), parameter.shape()));
            mine.put(path, parameters);
            if (seen.put(layer, true) == null) {
                once.put(path, parameters);
            }
        });
        var wanted = layers.size() == mine.size() ? mine : once;
        if (layers.size() != wanted.size()) {
            throw new FormatException(source, "has the layers " + layers.keySet() + " but the model has "
                    + wanted.keySet());
        }
        var order = inOrder();
        if (order == null) {
            return bySizes(wanted);
        }
        var names = new LinkedHashMap<String, String>();
        int place = 0;
        for (String name : wanted.keySet()) {
            names.put(name, order.get(place++));
        }
        return names;
    }

    /** Layers of the same sizes must tell their order; those of other sizes cannot be confused with them. */
    private Map<String, String> bySizes(SequencedMap<String, TreeMap<String, Shape>> wanted) throws FormatException {
        var mine = new LinkedHashMap<TreeMap<String, Shape>, List<String>>();
        wanted.forEach((name, sizes) -> mine.computeIfAbsent(sizes, key -> new ArrayList<>()).add(name));
        var theirs = new LinkedHashMap<TreeMap<String, Shape>, List<String>>();
        layers.forEach((name, sizes) -> theirs.computeIfAbsent(sizes, key -> new ArrayList<>()).add(name));
        var names = new LinkedHashMap<String, String>();
        for (var group : theirs.entrySet()) {
            var own = mine.getOrDefault(group.getKey(), List.of());
            var list = group.getValue();
            list.sort(PyTorchNames.ORDER);
            for (int i = 1; i < list.size(); i++) {
                if (!PyTorchNames.tellOrder(list.get(i - 1), list.get(i))) {
                    throw ambiguous(list.get(i - 1), list.get(i), wanted.keySet().toString());
                }
            }
            if (own.size() != list.size()) {
                throw new FormatException(source, "has " + list.size() + " layers " + list + " with " + group.getKey()
                        + ", the model has " + own.size() + " " + own);
            }
            for (int i = 0; i < own.size(); i++) {
                names.put(own.get(i), list.get(i));
            }
        }
        requireOrder(wanted, names);
        return names;
    }

    private void requireOrder(SequencedMap<String, ?> wanted, Map<String, String> names) throws FormatException {
        var mine = new ArrayList<>(wanted.keySet());
        for (int i = 0; i < mine.size(); i++) {
            for (int j = i + 1; j < mine.size(); j++) {
                String first = names.get(mine.get(i));
                String second = names.get(mine.get(j));
                if (PyTorchNames.tellOrder(first, second) && PyTorchNames.ORDER.compare(first, second) > 0) {
                    throw new FormatException(source, "\"" + first + "\" would come before \"" + second
                            + "\": pass the names of the layers to applyTo(model, names)");
                }
            }
        }
    }

    private FormatException ambiguous(String first, String second, String mine) {
        return new FormatException(source,
                "\"" + first + "\" and \"" + second + "\" have the same sizes and names that "
                        + "do not tell their order; pass the names to applyTo(model, names), for the layers " + mine);
    }

    /** The names of all layers, in the order of the file. */
    List<String> names() {
        return Collections.unmodifiableList(new ArrayList<>(layers.keySet()));
    }
}

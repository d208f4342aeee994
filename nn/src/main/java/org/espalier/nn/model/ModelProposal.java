package org.espalier.nn.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.io.FormatException;
import org.espalier.io.TensorFile;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.PRelu;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;

/**
 * Makes a chain of layers from the names and shapes of a state.
 *
 * <p>Idea: each layer of the file is recognized by its parameters, and must take what the one before it gives. In
 * {@code torch.nn.Sequential} the names are numbers, and the numbers left out are layers without parameters: there the
 * activation stands, or none if no number is left out. Under other names one activation stands between two linear
 * layers, after the norms that follow the first.
 */
final class ModelProposal {
    private static final String WEIGHT = "weight";
    private static final String BIAS = "bias";

    private final String source;
    private final TensorFile contents;
    private final LayerOrder order;
    private final Layer activation;
    private final List<Layer> layers = new ArrayList<>();
    private final List<String> fileNames = new ArrayList<>();
    private final List<String> assumptions = new ArrayList<>();
    private int width;
    private boolean owed;
    private boolean norms;

    ModelProposal(String source, TensorFile contents, LayerOrder order, Layer activation) {
        if (!activation.parameters().isEmpty()) {
            throw new IllegalArgumentException("an activation with parameters cannot stand in several places: "
                    + activation);
        }
        this.source = source;
        this.contents = contents;
        this.order = order;
        this.activation = activation;
    }

    Proposal propose() throws FormatException {
        var names = order.inOrder();
        if (names == null) {
            names = chain();
            assumptions.add("the layers stand in the order " + names + ", the only one in which their sizes fit");
        }
        boolean numbered = numbered(names);
        int between = 0;
        for (int i = 0; i < names.size(); i++) {
            boolean gap = numbered && i > 0 && number(names.get(i)) - number(names.get(i - 1)) > 1;
            Layer layer = layer(names.get(i));
            boolean dense = layer instanceof Linear;
            if (owed && (numbered ? gap : dense) && !(layer instanceof PRelu)) {
                add(activation, "");
                owed = false;
                between++;
            }
            add(layer, names.get(i));
            owed = dense || owed && !(layer instanceof PRelu);
        }
        if (between > 0) {
            assumptions.add(0, activation + " stands in " + between + (between == 1 ? " place" : " places")
                    + ": a state does not say which activations a model has");
        }
        if (numbered) {
            assumptions.add("activations stand where numbers are left out in the names");
        }
        assumptions.add("nothing follows the last layer, such as a softmax");
        if (norms) {
            assumptions.add("norms add 1e-5 to the variance");
        }
        var model = Sequential.of(layers.toArray(Layer[]::new));
        var map = new LinkedHashMap<String, String>();
        int place = 0;
        for (String child : model.children().keySet()) {
            if (!layers.get(place).parameters().isEmpty()) {
                map.put(child, fileNames.get(place));
            }
            place++;
        }
        new PyTorchLoad(source, contents, model).apply(map);
        return new Proposal(model, List.copyOf(assumptions));
    }

    private void add(Layer layer, String name) {
        layers.add(layer);
        fileNames.add(name);
    }

    private Layer layer(String name) throws FormatException {
        Map<String, Shape> shapes = order.parameters(name);
        Shape weight = shapes.get(WEIGHT);
        Shape bias = shapes.get(BIAS);
        if (shapes.containsKey("running_mean") && shapes.containsKey("running_var")) {
            norms = true;
            return BatchNorm1d.of(wide(name, shapes.get("running_mean").size()));
        }
        boolean plain = weight != null && shapes.size() == (bias == null ? 1 : 2);
        if (plain && weight.rank() == 2) {
            wide(name, weight.dim(1));
            width = weight.dim(0);
            return bias == null ? Linear.withoutBias(weight.dim(1), width) : Linear.of(weight.dim(1), width);
        }
        if (plain && weight.rank() == 1 && bias != null) {
            norms = true;
            assumptions.add("\"" + name + "\" is a layer norm; a batch norm without statistics would look the same");
            return LayerNorm.of(wide(name, weight.size()));
        }
        if (plain && weight.rank() == 1 && weight.size() == 1) {
            return PRelu.of(1);
        }
        throw new FormatException(source, "layer \"" + name + "\" has " + shapes + ", which is not a linear layer, "
                + "batch norm, layer norm or PReLU with one slope: build the model and load it with applyTo(model)");
    }

    private int wide(String name, int features) throws FormatException {
        if (width != 0 && features != width) {
            throw new FormatException(source, "layer \"" + name + "\" takes " + features + " values but the one before "
                    + "it gives " + width + ": they do not form a chain; build the model and load it with "
                    + "applyTo(model)");
        }
        width = features;
        return features;
    }

    private static boolean numbered(List<String> names) {
        for (String name : names) {
            if (!PyTorchNames.local(name).matches("\\d{1,6}")
                    || !PyTorchNames.layer(name).equals(PyTorchNames.layer(names.getFirst()))) {
                return false;
            }
        }
        return true;
    }

    private static int number(String name) {
        return Integer.parseInt(PyTorchNames.local(name));
    }

    /** Linear layers in the only order in which each takes what the one before it gives. */
    private List<String> chain() throws FormatException {
        var left = new ArrayList<>(order.names());
        var chain = new ArrayList<String>();
        while (!left.isEmpty()) {
            String next = null;
            for (String name : left) {
                Shape weight = order.parameters(name).get(WEIGHT);
                boolean fits = weight != null && weight.rank() == 2
                        && (chain.isEmpty() ? isFirst(weight.dim(1), left) : weight.dim(1) == width);
                if (fits && next != null) {
                    throw unknown(next, name);
                }
                next = fits ? name : next;
            }
            if (next == null) {
                throw unknown(left.getFirst(), left.getLast());
            }
            width = order.parameters(next).get(WEIGHT).dim(0);
            chain.add(next);
            left.remove(next);
        }
        width = 0;
        return chain;
    }

    private boolean isFirst(int in, List<String> names) {
        for (String name : names) {
            Shape weight = order.parameters(name).get(WEIGHT);
            if (weight != null && weight.rank() == 2 && weight.dim(0) == in) {
                return false;
            }
        }
        return true;
    }

    private FormatException unknown(String first, String second) {
        return new FormatException(source,
                "neither names nor sizes tell in which order \"" + first + "\" and \"" + second
                        + "\" stand: build the model and load it with applyTo(model)");
    }
}

package org.espalier.prune.criterion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.nn.Container;
import org.espalier.nn.Join;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Tensor;

/**
 * The inputs and outputs of each layer when a batch ran through the model, by the layer's dotted name.
 *
 * @param inputs the input of each layer
 * @param outputs the output of each layer
 */
public record Activations(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    /** Runs the batch in inference and keeps what passes between the layers inside each {@link Container}. */
    public static Activations of(Layer model, Tensor batch) {
        var inputs = new LinkedHashMap<String, Tensor>();
        var outputs = new LinkedHashMap<String, Tensor>();
        NoGrad.run(() -> walk("", model, batch, inputs, outputs));
        return new Activations(Collections.unmodifiableMap(inputs), Collections.unmodifiableMap(outputs));
    }

    /**
     * What went into a layer, rows along axis 0.
     *
     * @throws IllegalArgumentException if the layer was not seen because it is inside a container that is not
     *     sequential
     */
    public Tensor input(String layer) {
        return seen(inputs, layer);
    }

    /** What came out of a layer; throws as {@link #input}. */
    public Tensor output(String layer) {
        return seen(outputs, layer);
    }

    private static Tensor seen(Map<String, Tensor> values, String layer) {
        var value = values.get(layer);
        if (value == null) {
            throw new IllegalArgumentException("the activations of layer " + layer
                    + " were not seen: there is no such layer, or it is inside a container of another kind");
        }
        return value;
    }

    private static Tensor walk(
            String name, Layer layer, Tensor input, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        var value = layer instanceof Container container
                ? parts(name, container, input, inputs, outputs)
                : layer.forward(input, Mode.inference());
        inputs.put(name, input);
        outputs.put(name, value);
        return value;
    }

    private static Tensor parts(
            String name, Container container, Tensor input, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        var values = new ArrayList<Tensor>();
        values.add(input);
        for (var part : container.parts()) {
            values.add(part.layer() instanceof Join
                    ? part.value(values, Mode.inference())
                    : walk(part.path(name), part.layer(), values.get(part.inputs().getFirst()), inputs, outputs));
        }
        return values.getLast();
    }
}

package org.espalier.nn.onnx;

import java.util.List;
import org.espalier.nn.Layer;

/**
 * What a value becomes: a layer and the values it is applied to.
 *
 * @param layer the layer; null if the value is the same as the only input
 * @param inputs what the layer reads
 */
record Match(Layer layer, List<Value> inputs) {
    static Match of(Layer layer, Value... inputs) {
        return new Match(layer, List.of(inputs));
    }

    /** The value is another, unchanged. */
    static Match same(Value value) {
        return new Match(null, List.of(value));
    }
}

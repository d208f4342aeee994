package org.espalier.prune.quantize;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.Layer;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * A quantized model that computes with whole numbers: each linear layer becomes an {@link IntegerLinear}, everything
 * between stays float32. A layer of the standard kinds, so it can be saved, loaded and written as ONNX. Names and masks
 * stay.
 */
public final class IntegerModel {
    private IntegerModel() {}

    /**
     * With fixed scales for the inputs of each layer.
     *
     * @param inputs by the layer's dotted name, as {@link InputScales} gives them
     * @throws IllegalArgumentException if a layer has no scale, or its weight is not of whole numbers
     */
    public static Layer of(QuantizedModel model, Map<String, ActivationScale> inputs) {
        return of(model, name -> Optional.of(Optional.ofNullable(inputs.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "layer '" + name + "' has no input scale; there are " + inputs.keySet()))));
    }

    /** With scales that are found anew for every sample. Throws as {@link #of}. */
    public static Layer dynamic(QuantizedModel model) {
        return of(model, name -> Optional.empty());
    }

    private interface ActivationQuantization {
        Optional<ActivationScale> of(String layer);
    }

    private static Layer of(QuantizedModel model, ActivationQuantization inputs) {
        var layer = model.dequantized();
        var entries = new LinkedHashMap<>(StateDict.of(layer).entries());
        return Rebuilt.of(layer, (name, text) -> {
            if (!Rebuilt.is(text, "linear")) {
                return text;
            }
            var prefix = name.isEmpty() ? "" : name + ".";
            var weight = model.linear(name).weight();
            if (!(model.codes(weight) instanceof QuantizedMatrix matrix)) {
                throw new IllegalArgumentException(
                        "layer '" + name + "': only weights of whole numbers go with quantized activations");
            }
            var input = inputs.of(name);
            var scaled = input.isEmpty()
                    ? matrix
                    : QuantizedMatrix.of(
                            matrix.dequantize(),
                            matrix.bits(),
                            IntegerLinear.scalesFor(matrix, model.linear(name).bias().value(), input.get()));
            entries.computeIfPresent(
                    prefix + "weight", (key, old) -> new StateDict.Entry(scaled.dequantize(), old.mask()));
            entries.put(
                    prefix + "weight_scale",
                    new StateDict.Entry(Tensor.of(Shape.of(matrix.rows()), scaled.scales()), Optional.empty()));
            var config = IntegerLinear.config(matrix.columns(), matrix.rows(), matrix.bits(), input);
            return Rebuilt.described(config.kind(), config.attributes());
        }, model.kinds(), entries);
    }
}

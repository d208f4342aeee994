package org.espalier.prune.quantize;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Parameter;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * A quantized model that computes with integers: each linear layer becomes an {@link IntegerLinear}, everything
 * between stays float32. A layer of the standard kinds, so it can be saved, loaded and written as ONNX. Names and masks
 * stay.
 */
public final class IntegerModel {
    private IntegerModel() {}

    /**
     * With fixed scales for the inputs of each layer.
     *
     * @param inputs by the layer's dotted name, as {@link InputScales} gives them
     * @throws IllegalArgumentException if a layer has no scale, or its weight is not of integers
     */
    public static Layer of(QuantizedModel model, Map<String, ActivationScale> inputs) {
        return of(model, name -> Optional.of(Optional.ofNullable(inputs.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "has no input scale; there are scales for " + inputs.keySet()))));
    }

    /** With scales that are found for every sample. Throws as {@link #of}. */
    public static Layer dynamic(QuantizedModel model) {
        return of(model, name -> Optional.empty());
    }

    private interface ActivationQuantization {
        Optional<ActivationScale> of(String layer);
    }

    private static Layer of(QuantizedModel model, ActivationQuantization inputs) {
        var weights = new IdentityHashMap<Parameter, Parameter>();
        return Layers.rebuild(model.dequantized(), (name, layer, plan) -> {
            if (!(layer instanceof Linear linear)) {
                return layer.rebuilt(plan);
            }
            if (!(model.codes(linear.weight()) instanceof QuantizedMatrix matrix)) {
                throw new IllegalArgumentException("only weights of integers go with quantized activations");
            }
            var bias = linear.bias().map(Parameter::value).orElseGet(() -> Tensor.zeros(Shape.of(linear.out())));
            var input = inputs.of(name);
            var scaled = input.isEmpty()
                    ? matrix
                    : QuantizedMatrix.of(
                            matrix.dequantize(), matrix.bits(), IntegerLinear.scalesFor(matrix, bias, input.get()));
            var weight = weights.computeIfAbsent(
                    linear.weight(), first -> Parameter.buffer("weight", scaled.dequantize()));
            var integer = IntegerLinear.sharing(weight, scaled, bias, input);
            linear.weight().mask().ifPresent(integer.weight()::assignMask);
            linear.bias().flatMap(Parameter::mask).ifPresent(integer.bias()::assignMask);
            return integer;
        });
    }
}

package org.espalier.prune.quantize;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.nn.Layer;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.notation.Default;

/**
 * What is rounded in the linear layers of a model, and how. A value.
 *
 * @param weights the form of the weights
 * @param rounding second-order rounding; empty for the nearest codes
 * @param inputs the form of the layers' inputs
 */
public record Quantization(@Default("int8") WeightFormat weights, Optional<Rounding> rounding,
        @Default("float32") ActivationQuantization inputs) {
    /** Refuses second-order rounding, and inputs of 8 bits, for weights that are not whole numbers. */
    public Quantization {
        if (!(weights instanceof WeightFormat.Integers)
                && (rounding.isPresent() || !(inputs instanceof ActivationQuantization.Float32))) {
            throw new IllegalArgumentException("weights as " + weights.text()
                    + " are rounded to the nearest and go with inputs in float32; only int2 to int8 can do more");
        }
    }

    /** Weights rounded to the nearest, inputs as they are. */
    public static Quantization of(WeightFormat weights) {
        return new Quantization(weights, Optional.empty(), new ActivationQuantization.Float32());
    }

    /** With second-order rounding, which needs calibration data. */
    public Quantization rounding(Rounding rounding) {
        return new Quantization(weights, Optional.of(rounding), inputs);
    }

    /** Rounded to the nearest. */
    public Quantization nearest() {
        return new Quantization(weights, Optional.empty(), inputs);
    }

    /** With inputs in another form. */
    public Quantization inputs(ActivationQuantization inputs) {
        return new Quantization(weights, rounding, inputs);
    }

    /** In one line, for example {@code int4 weights | gptq | inputs dynamic}. */
    public String text() {
        return weights.text() + " weights"
                + rounding.map(method -> " | " + method.text()).orElse("")
                + (inputs instanceof ActivationQuantization.Float32 ? "" : " | inputs " + inputs.text());
    }

    /**
     * Rounds the weights of a model, which stays as it is.
     *
     * @param calibration looked at by second-order rounding only
     * @throws IllegalArgumentException if a weight is not finite, or data is missing
     */
    public QuantizedModel apply(Layer model, Calibration calibration) {
        if (rounding.isEmpty()) {
            return QuantizedModel.of(model, weights);
        }
        int bits = ((WeightFormat.Integers) weights).bits();
        var codes = new LinkedHashMap<String, QuantizedMatrix>();
        new Rounder(rounding.get(), bits)
                .apply(model, calibration)
                .forEach(layer -> codes.put(layer.weight(), layer.codes()));
        return QuantizedModel.of(model, codes);
    }

    /**
     * The scales of the inputs of a model, by the layer's dotted name; none unless they are static. Throws as
     * {@link InputScales#of}.
     */
    public Map<String, ActivationScale> inputScales(Layer model, Calibration calibration) {
        return inputs instanceof ActivationQuantization.Static fixed
                ? InputScales.of(model, calibration, fixed.observer())
                : Map.of();
    }

    /**
     * The model that computes as this says, of one whose weights are rounded already: itself if its inputs stay as they
     * are, otherwise an {@link IntegerModel}.
     *
     * @param scales as {@link #inputScales} found them
     * @throws IllegalArgumentException if a layer has no scale and needs one
     */
    public Layer computed(Layer rounded, Map<String, ActivationScale> scales) {
        if (inputs instanceof ActivationQuantization.Float32) {
            return rounded;
        }
        var codes = QuantizedModel.ofRounded(rounded, ((WeightFormat.Integers) weights).bits());
        return inputs instanceof ActivationQuantization.Dynamic
                ? IntegerModel.dynamic(codes)
                : IntegerModel.of(codes, scales);
    }
}

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
 * What is quantized in the linear layers of a model, and how. A value. The usual case is one call:
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * import org.espalier.nn.infer.InferenceModel;
 * var model = Sequential.of(Linear.of(4, 16), Activation.relu(), Linear.of(16, 3));
 * Layer int8 = Quantization.int8(model);
 * int label = InferenceModel.of(int8).classify(5.1f, 3.5f, 1.4f, 0.2f);
 * }
 *
 * @param weights the form of the weights
 * @param rounding second-order rounding; empty for the nearest codes
 * @param inputs the form of the layers' inputs
 */
public record Quantization(@Default("int8") WeightFormat weights, Optional<Rounding> rounding,
        @Default("float32") ActivationQuantization inputs) {
    /** Refuses second-order rounding, and inputs of 8 bits, for weights that are not integers. */
    public Quantization {
        if (!(weights instanceof WeightFormat.Integers)
                && (rounding.isPresent() || !(inputs instanceof ActivationQuantization.Float32))) {
            throw new IllegalArgumentException("weights as " + weights.text()
                    + " are rounded to the nearest and go with inputs in float32; only int2 to int8 can do more");
        }
    }

    /**
     * A copy of a model that computes with 8-bit integers, weights and inputs: post-training static quantization, as
     * {@link IntegerModel} does it, with the range of each layer's inputs found on calibration data.
     *
     * @throws IllegalArgumentException if a weight or an activation is not finite, or there is no calibration data
     */
    public static Layer int8(Layer model, Calibration calibration) {
        return of(WeightFormat.int8())
                .inputs(ActivationQuantization.fixed(new MinMax()))
                .convert(model, calibration);
    }

    /**
     * A copy of a model that computes with 8-bit integers, weights and inputs: dynamic quantization, with a scale found
     * for each sample, which needs no data.
     *
     * @throws IllegalArgumentException if a weight is not finite
     */
    public static Layer int8(Layer model) {
        return of(WeightFormat.int8()).inputs(ActivationQuantization.dynamic()).convert(model, Calibration.none());
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
     * A copy of a model that computes as this says: weights quantized by {@link #apply}, then inputs by the scales that
     * they have in the model with these weights.
     *
     * @param calibration looked at for second-order rounding and for static scales only
     * @throws IllegalArgumentException as {@link #apply} and {@link #inputScales}
     */
    public Layer convert(Layer model, Calibration calibration) {
        var rounded = apply(model, calibration).dequantized();
        return computed(rounded, inputScales(rounded, calibration));
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

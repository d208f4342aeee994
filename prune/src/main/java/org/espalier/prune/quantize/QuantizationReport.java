package org.espalier.prune.quantize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.nn.Layer;
import org.espalier.nn.metrics.Measure;
import org.espalier.tensor.Storage;

/**
 * What quantizing a model's weights costs and saves.
 *
 * @param format the form of the weights in words
 * @param measures by name, in the order asked for
 * @param layers one for each quantized weight
 * @param floatBytes the bytes of all parameters as float32
 * @param bytes the bytes of all parameters quantized
 */
public record QuantizationReport(
        String format, Map<String, Change> measures, List<LayerError> layers, long floatBytes, long bytes) {
    /** A measure of the model as it was and with quantized weights. */
    public record Change(double before, double after) {}

    /**
     * How far a layer's weights moved.
     *
     * @param name the parameter's full name
     * @param largest the largest change of a weight
     * @param relative the root of the sum of squared changes over that of squared weights; 0 if all weights are 0
     */
    public record LayerError(String name, double largest, double relative) {}

    /** Takes its own copies. */
    public QuantizationReport {
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        layers = List.copyOf(layers);
    }

    /**
     * Quantizes a model, which stays as it is, to 8 bits and measures it. Throws as {@link QuantizedModel#of(Layer)}.
     */
    public static QuantizationReport of(Layer model, Measure... measures) {
        return of(model, WeightFormat.int8(), measures);
    }

    /** Quantizes a model, which stays as it is, and measures it. Throws as {@link QuantizedModel#of(Layer)}. */
    public static QuantizationReport of(Layer model, WeightFormat format, Measure... measures) {
        var quantized = QuantizedModel.of(model, format);
        return of(format.text(), model, quantized, quantized.dequantized(), measures);
    }

    /**
     * Measures a model and what became of it.
     *
     * @param format the form of the weights in words
     * @param model as it was
     * @param quantized its weights in low-bit form
     * @param computed the model to measure, such as an {@link IntegerModel}
     */
    public static QuantizationReport of(
            String format, Layer model, QuantizedModel quantized, Layer computed, Measure... measures) {
        var changes = new LinkedHashMap<String, Change>();
        for (var measure : measures) {
            changes.put(measure.name(), new Change(measure.of(model), measure.of(computed)));
        }
        var errors = new ArrayList<LayerError>();
        var parameters = model.parameters();
        quantized.weights().forEach((name, codes) -> errors.add(error(
                name, Storage.array(parameters.get(name).value()), Storage.array(codes.dequantize()))));
        return new QuantizationReport(format, changes, errors, quantized.floatBytes(), quantized.bytes());
    }

    private static LayerError error(String name, float[] before, float[] after) {
        double largest = 0;
        double changes = 0;
        double weights = 0;
        for (int i = 0; i < before.length; i++) {
            double change = (double) after[i] - before[i];
            largest = Math.max(largest, Math.abs(change));
            changes += change * change;
            weights += (double) before[i] * before[i];
        }
        return new LayerError(name, largest, weights == 0 ? 0 : Math.sqrt(changes / weights));
    }

    /** A table for people: measures, then layers, then bytes. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        measures.forEach((name, change) -> text.append(
                String.format(Locale.ROOT, "%s: %.4f as float32, %.4f as %s%n",
                        name, change.before, change.after, format)));
        layers.forEach(layer -> text.append(String.format(
                Locale.ROOT, "%s: off by %.2g at most, %.2g relative%n", layer.name, layer.largest, layer.relative)));
        return text + String.format(Locale.ROOT, "bytes: %d as float32, %d as %s%n", floatBytes, bytes, format);
    }
}

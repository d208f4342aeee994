package org.espalier.prune.quantize;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.compressed.QuantizedWeight;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Parameter;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.tensor.Tensor;

/**
 * A trained model with low-bit weights in its linear layers: post-training quantization of the weights alone,
 * which needs no data. Biases, norms and embeddings stay float32. {@link IntegerModel} rounds the activations too.
 */
public final class QuantizedModel {
    private final SequencedMap<String, QuantizedWeight> weights;
    private final Layer dequantized;
    private final long floatBytes;

    private QuantizedModel(
            SequencedMap<String, QuantizedWeight> weights, Layer dequantized, long floatBytes) {
        this.weights = Collections.unmodifiableSequencedMap(weights);
        this.dequantized = dequantized;
        this.floatBytes = floatBytes;
    }

    /** Quantizes a model to 8 bits. Throws as {@link #of(Layer, WeightFormat)}. */
    public static QuantizedModel of(Layer model) {
        return of(model, WeightFormat.int8());
    }

    /**
     * Quantizes a model, which stays as it is.
     *
     * @throws IllegalArgumentException if a weight is not finite
     * @throws UnsupportedOperationException if a layer has no {@link Layer#config()}
     */
    public static QuantizedModel of(Layer model, WeightFormat format) {
        return quantize(model, (name, weight) -> format.codes(weight));
    }

    /**
     * A model, which stays as it is, with codes found elsewhere, such as by second-order rounding.
     *
     * @param codes by the weight's full name, for each weight of a linear layer
     * @throws IllegalArgumentException if a weight has no codes, or codes of another shape or other than 0 where it is
     *     masked
     */
    public static QuantizedModel of(Layer model, Map<String, ? extends QuantizedWeight> codes) {
        return quantize(model, (name, weight) -> {
            if (!(codes.get(name) instanceof QuantizedWeight found)) {
                throw new IllegalArgumentException("there are no codes for " + name + ", only for " + codes.keySet());
            }
            return found;
        });
    }

    /**
     * The codes of a model, which stays as it is, whose weights are codes times a scale of their row already, as
     * second-order rounding leaves them: nothing is rounded again. Rows that are not are rounded to the nearest.
     *
     * @param bits of a code, 2 to 8
     * @throws IllegalArgumentException if a weight is not finite
     */
    public static QuantizedModel ofRounded(Layer model, int bits) {
        return quantize(model, (name, weight) -> QuantizedMatrix.of(weight, bits, CodeGrid.scales(weight, bits)));
    }

    private interface Rounding {
        QuantizedWeight codes(String name, Tensor weight);
    }

    private static QuantizedModel quantize(Layer model, Rounding rounding) {
        var copy = Layers.copy(model);
        var targets = PrunableWeight.of(copy).stream()
                .collect(Collectors.toMap(PrunableWeight::weight, PrunableWeight::name));
        var weights = new LinkedHashMap<String, QuantizedWeight>();
        long bytes = 0;
        for (var parameter : copy.parameters().values()) {
            bytes += (long) Float.BYTES * parameter.size();
            var name = targets.get(parameter);
            if (name != null) {
                var codes = rounding.codes(name, parameter.value());
                assign(name, parameter, codes);
                weights.put(name, codes);
            }
        }
        return new QuantizedModel(weights, copy, bytes);
    }

    private static void assign(String name, Parameter weight, QuantizedWeight codes) {
        var mask = weight.mask();
        for (int i = 0; mask.isPresent() && i < weight.size(); i++) {
            if (!mask.get().keeps(i) && codes.code(i / codes.columns(), i % codes.columns()) != 0) {
                throw new IllegalArgumentException(name + ": element " + i + " is masked, but its code is not 0");
            }
        }
        weight.assign(codes.dequantize());
    }

    /**
     * The same measure of the model in 8 bits: evaluated beside the measure itself in a pipeline, it reports after
     * every step of every stage what 8 bits would cost.
     */
    public static Measure measure(Measure measure) {
        return measure(measure, WeightFormat.int8());
    }

    /** The same measure of the model quantized. */
    public static Measure measure(Measure measure, WeightFormat format) {
        return new Measure(
                measure.name() + " (" + format.text() + ")",
                measure.higherIsBetter(),
                model -> measure.of(of(model, format).dequantized));
    }

    /** The quantized weights by full name, in the model's order. */
    public SequencedMap<String, QuantizedWeight> weights() {
        return weights;
    }

    /**
     * The model with the values of the codes, and the masks it had: for measuring. Always the same one.
     */
    public Layer dequantized() {
        return dequantized;
    }

    /** The codes of a weight of this model, which may be shared by several layers. */
    QuantizedWeight codes(Parameter weight) {
        return PrunableWeight.of(dequantized).stream()
                .filter(target -> target.weight() == weight)
                .map(target -> weights.get(target.name()))
                .findFirst()
                .orElseThrow();
    }

    /** The bytes of all parameters: codes, packed, scales or shared values, and four for each other number. */
    public long bytes() {
        long bytes = floatBytes;
        for (var matrix : weights.values()) {
            bytes += matrix.bytes() - (long) Float.BYTES * matrix.rows() * matrix.columns();
        }
        return bytes;
    }

    /** The bytes of all parameters as float32. */
    public long floatBytes() {
        return floatBytes;
    }
}

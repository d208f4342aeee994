package org.espalier.prune.quantize;

import java.util.List;
import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.io.FormatException;
import org.espalier.nn.Blueprint;
import org.espalier.nn.LayerConfig;
import org.espalier.nn.Mode;
import org.espalier.nn.Parameter;
import org.espalier.prune.criterion.LinearLike;
import org.espalier.tensor.Tensor;

/**
 * A {@link org.espalier.nn.Linear} that computes with its weight rounded to few bits but learns the weight itself, so
 * that training adapts to the rounding; it may round its inputs to 8 bits too. Made by {@link QuantizationAware}.
 */
public final class QuantizedLinear implements LinearLike {
    static final String KIND = "quantized_linear";

    private static final String BITS = "bits";
    private static final String FORMAT = "weights";
    private static final String SCALE = "input_scale";
    private static final String ZERO_POINT = "input_zero_point";

    private final Parameter weight;
    private final Parameter bias;
    private final WeightFormat format;
    private final Optional<ActivationScale> input;

    private QuantizedLinear(
            Parameter weight, Parameter bias, WeightFormat format, Optional<ActivationScale> input) {
        this.weight = weight;
        this.bias = bias;
        this.format = format;
        this.input = input;
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        var rounded = input.isEmpty() ? x : FakeQuantizeActivations.of(x, input.get());
        return rounded.linear(FakeQuantize.of(weight.value(), format), bias.value());
    }

    /** The weight before rounding, [out, in]. */
    @Override
    public Parameter weight() {
        return weight;
    }

    @Override
    public Parameter bias() {
        return bias;
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(weight, bias);
    }

    @Override
    public LayerConfig config() {
        return config(weight.shape().dim(1), weight.shape().dim(0), format, input);
    }

    static LayerConfig config(int in, int out, WeightFormat format, Optional<ActivationScale> input) {
        var sizes = LayerConfig.of(KIND).with("in", in).with("out", out);
        var config = format instanceof WeightFormat.Integers(int bits)
                ? sizes.with(BITS, bits)
                : new LayerConfig(KIND, sizes.attributes().with(FORMAT, format.text()));
        return input.isEmpty()
                ? config
                : config.with(SCALE, input.get().scale()).with(ZERO_POINT, input.get().zeroPoint());
    }

    static QuantizedLinear build(Blueprint plan) throws FormatException {
        int out = plan.size("out");
        Optional<ActivationScale> input = plan.attributes().has(SCALE)
                ? Optional.of(new ActivationScale(plan.number(SCALE), (int) plan.number(ZERO_POINT)))
                : Optional.empty();
        return new QuantizedLinear(
                plan.parameter("weight", out, plan.size("in")),
                plan.parameter("bias", out),
                plan.attributes().has(FORMAT)
                        ? WeightFormat.parse(plan.attributes().string(FORMAT))
                        : new WeightFormat.Integers(plan.size(BITS)),
                input);
    }

    /** For example {@code QuantizedLinear(784 → 300)}. */
    @Override
    public String toString() {
        return "QuantizedLinear(" + weight.shape().dim(1) + " → " + weight.shape().dim(0) + ")";
    }
}

package org.espalier.prune.quantize;

import java.util.List;
import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.io.FormatException;
import org.espalier.nn.Blueprint;
import org.espalier.nn.Dependency;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerConfig;
import org.espalier.nn.Linear;
import org.espalier.nn.Mode;
import org.espalier.nn.Parameter;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * A {@link org.espalier.nn.Linear} that computes with its weight rounded to low-bit codes but learns the weight itself,
 * so that training adapts to the rounding; it may round its inputs to 8 bits too. Made by {@link QuantizationAware}.
 */
public final class QuantizedLinear implements Layer {
    static final String KIND = "quantized_linear";

    private static final String BIAS = "bias";
    private static final String BITS = "bits";
    private static final String FORMAT = "weights";
    private static final String SCALE = "input_scale";
    private static final String ZERO_POINT = "input_zero_point";

    private final Parameter weight;
    private final Optional<Parameter> bias;
    private final WeightFormat format;
    private final Optional<ActivationScale> input;

    private QuantizedLinear(
            Parameter weight, Optional<Parameter> bias, WeightFormat format, Optional<ActivationScale> input) {
        this.weight = weight;
        this.bias = bias;
        this.format = format;
        this.input = input;
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        var rounded = input.isEmpty() ? x : FakeQuantizeActivations.of(x, input.get());
        var shift = bias.isPresent() ? bias.get().value() : Tensor.zeros(Shape.of(weight.shape().dim(0)));
        return rounded.linear(FakeQuantize.of(weight.value(), format), shift);
    }

    /** The weight before rounding, [out, in]. */
    public Parameter weight() {
        return weight;
    }

    @Override
    public List<Parameter> ownParameters() {
        return bias.isPresent() ? List.of(weight, bias.get()) : List.of(weight);
    }

    @Override
    public int in() {
        return weight.shape().dim(1);
    }

    @Override
    public int out(int in) {
        return weight.shape().dim(0);
    }

    /** Units are not removed while it trains: the scales of a row depend on all its weights. Weights are pruned. */
    @Override
    public Dependency dependency() {
        return new Dependency.Opaque(Optional.of(weight), bias);
    }

    @Override
    public QuantizedLinear rebuilt(Blueprint plan) throws FormatException {
        return build(plan);
    }

    @Override
    public LayerConfig config() {
        return config(weight, bias.isPresent(), format, input);
    }

    static LayerConfig config(
            Parameter weight, boolean bias, WeightFormat format, Optional<ActivationScale> input) {
        var config = LayerConfig.of(KIND).with("in", weight.shape().dim(1)).with("out", weight.shape().dim(0));
        config = bias ? config : config.with(BIAS, false);
        config = format instanceof WeightFormat.Integers(int bits)
                ? config.with(BITS, bits)
                : new LayerConfig(KIND, config.attributes().with(FORMAT, format.text()));
        return input.isEmpty()
                ? config
                : config.with(SCALE, input.get().scale()).with(ZERO_POINT, input.get().zeroPoint());
    }

    static QuantizedLinear build(Blueprint plan) throws FormatException {
        int out = plan.size("out");
        Optional<ActivationScale> input = plan.attributes().has(SCALE)
                ? Optional.of(new ActivationScale(plan.number(SCALE), (int) plan.number(ZERO_POINT)))
                : Optional.empty();
        boolean biased = !plan.attributes().has(BIAS) || plan.attributes().bool(BIAS);
        return new QuantizedLinear(
                plan.parameter("weight", out, plan.size("in")),
                biased ? Optional.of(plan.parameter(BIAS, out)) : Optional.empty(),
                plan.attributes().has(FORMAT)
                        ? WeightFormat.parse(plan.attributes().string(FORMAT))
                        : new WeightFormat.Integers(plan.size(BITS)),
                input);
    }

    /** The plain layer of a plan of a copy of this one. */
    Linear plain(Blueprint plan) throws FormatException {
        int out = weight.shape().dim(0);
        var copy = plan.parameter("weight", out, weight.shape().dim(1));
        return bias.isPresent() ? Linear.sharing(copy, plan.parameter(BIAS, out)) : Linear.sharing(copy);
    }

    /** For example {@code QuantizedLinear(784 → 300)}. */
    @Override
    public String toString() {
        return "QuantizedLinear(" + weight.shape().dim(1) + " → " + weight.shape().dim(0) + ")";
    }
}

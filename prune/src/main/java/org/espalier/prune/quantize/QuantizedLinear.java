package org.espalier.prune.quantize;

import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.Blueprint;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerConfig;
import org.espalier.nn.Parameter;
import org.espalier.nn.Pass;
import org.espalier.tensor.Tensor;

/**
 * A {@link org.espalier.nn.Linear} that computes with its weight rounded to 8 bits but learns the weight itself, so
 * that training adapts to the rounding. Made by {@link QuantizationAware}.
 */
public final class QuantizedLinear implements Layer {
    static final String KIND = "quantized_linear";

    private final Parameter weight;
    private final Parameter bias;

    private QuantizedLinear(Parameter weight, Parameter bias) {
        this.weight = weight;
        this.bias = bias;
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return x.linear(FakeQuantize.of(weight.value()), bias.value());
    }

    /** The weight before rounding, [out, in]. */
    public Parameter weight() {
        return weight;
    }

    /** The bias, [out]. */
    public Parameter bias() {
        return bias;
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(weight, bias);
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of(KIND).with("in", weight.shape().dim(1)).with("out", weight.shape().dim(0));
    }

    static QuantizedLinear build(Blueprint plan) throws FormatException {
        int out = plan.size("out");
        return new QuantizedLinear(plan.parameter("weight", out, plan.size("in")), plan.parameter("bias", out));
    }

    /** For example {@code QuantizedLinear(784 → 300)}. */
    @Override
    public String toString() {
        return "QuantizedLinear(" + weight.shape().dim(1) + " → " + weight.shape().dim(0) + ")";
    }
}

package org.espalier.nn;

import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * A fully connected layer: x·Wᵀ + b, from [..., in] to [..., out]. The weight is [out, in]: row i belongs to neuron i.
 * Starts at zero; {@link Layer#initialize} draws the weights.
 */
public final class Linear implements Layer {
    private static final int ENTRY = 4;
    private static final int MOVE = 32;

    private final Parameter weight;
    private final Parameter bias;

    private Linear(Parameter weight, Parameter bias) {
        if (weight.shape().rank() != 2 || !bias.shape().equals(Shape.of(weight.shape().dim(0)))) {
            throw new ShapeException(
                    "linear: needs weight [out, in] and bias [out]: " + weight.shape() + " and " + bias.shape());
        }
        this.weight = weight;
        this.bias = bias;
    }

    /** A layer of {@code out} neurons over {@code in} inputs. */
    public static Linear of(int in, int out) {
        return of(Tensor.zeros(Shape.of(out, in)), Tensor.zeros(Shape.of(out)));
    }

    /** A layer with a given weight [out, in] and bias [out]. */
    public static Linear of(Tensor weight, Tensor bias) {
        return new Linear(Parameter.of("weight", weight), Parameter.of("bias", bias));
    }

    /** A layer that shares its parameters, or one of them, with other layers: tied weights. */
    public static Linear sharing(Parameter weight, Parameter bias) {
        return new Linear(weight, bias);
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        var now = weight.state();
        return mode.isSparse() && now.mask() != null && sparsePays(now.mask(), x)
                ? now.mask().pattern().linear(x, now.value(), bias.value())
                : x.linear(now.value(), bias.value());
    }

    /**
     * Whether computing with the kept weights only is faster, from sizes alone: a kept weight costs about as much as
     * {@value #ENTRY} weights of a dense product, and bringing an input or an output into the other layout and back as
     * much as {@value #MOVE}. Samples are taken 16 at a time. With these figures a step takes three to four tenths of a
     * dense one where sparse products begin (Zen 4, 128 → 128 to 1024 → 1024, batches 64 and 128): room for processors
     * that multiply twice as fast.
     */
    private boolean sparsePays(Mask mask, Tensor x) {
        long samples = x.rank() == 0 || x.dim(-1) == 0 ? 0 : x.size() / x.dim(-1);
        long padded = (samples + 15) / 16 * 16;
        return padded * ((long) ENTRY * mask.kept() + (long) MOVE * (in() + out())) < samples * mask.size();
    }

    /** The weight, [out, in]. */
    public Parameter weight() {
        return weight;
    }

    /** The bias, [out]. */
    public Parameter bias() {
        return bias;
    }

    /** How many inputs there are. */
    public int in() {
        return weight.shape().dim(1);
    }

    /** How many neurons there are. */
    public int out() {
        return weight.shape().dim(0);
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(weight, bias);
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("linear").with("in", in()).with("out", out());
    }

    static Linear build(Blueprint plan) throws FormatException {
        int out = plan.size("out");
        return new Linear(plan.parameter("weight", out, plan.size("in")), plan.parameter("bias", out));
    }

    /** For example {@code Linear(784 → 300)}. */
    @Override
    public String toString() {
        return "Linear(" + in() + " → " + out() + ")";
    }
}

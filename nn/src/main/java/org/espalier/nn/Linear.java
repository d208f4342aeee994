package org.espalier.nn;

import java.util.List;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.nn.step.Steps;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * A fully connected layer: x·Wᵀ + b, from [..., in] to [..., out], with or without the bias b. The weight is [out, in]:
 * row i belongs to neuron i. It starts random ({@link Parameter#drawn}), the bias at zero; {@link Layer#initialize}
 * chooses otherwise.
 *
 * {@snippet :
 * import org.espalier.tensor.*;
 * Linear layer = Linear.of(3, 2);
 * Tensor y = layer.forward(Tensor.matrix(new float[] {1, 2, 3})); // [1, 2]
 * Linear given = Linear.of(Tensor.matrix(new float[] {1, 0, 0}, new float[] {0, 1, 0}), Tensor.vector(0, 0));
 * }
 */
public final class Linear implements Layer {
    private static final int ENTRY = 4;
    private static final int MOVE = 32;
    private static final String BIAS = "bias";

    private final Parameter weight;
    private final Optional<Parameter> bias;
    /** What is added if there is no bias. */
    private final Tensor zeros;

    private Linear(Parameter weight, Optional<Parameter> bias) {
        if (weight.shape().rank() != 2) {
            throw new ShapeException("linear: needs weight [out, in], not " + weight.shape());
        }
        var out = Shape.of(weight.shape().dim(0));
        if (bias.isPresent() && !bias.get().shape().equals(out)) {
            throw new ShapeException("linear: needs weight [out, in] and bias [out]: " + weight.shape() + " and "
                    + bias.get().shape());
        }
        this.weight = weight;
        this.bias = bias;
        this.zeros = bias.isPresent() ? null : Tensor.zeros(out);
    }

    /** A layer of {@code out} neurons over {@code in} inputs. */
    public static Linear of(int in, int out) {
        return new Linear(
                Parameter.drawn("weight", Shape.of(out, in)),
                Optional.of(Parameter.of(BIAS, Tensor.zeros(Shape.of(out)))));
    }

    /** A layer of {@code out} neurons over {@code in} inputs that only multiplies: x·Wᵀ. */
    public static Linear withoutBias(int in, int out) {
        return new Linear(Parameter.drawn("weight", Shape.of(out, in)), Optional.empty());
    }

    /** A layer with a given weight [out, in] and bias [out]. */
    public static Linear of(Tensor weight, Tensor bias) {
        return new Linear(Parameter.of("weight", weight), Optional.of(Parameter.of(BIAS, bias)));
    }

    /** A layer with a given weight [out, in] and no bias. */
    public static Linear of(Tensor weight) {
        return new Linear(Parameter.of("weight", weight), Optional.empty());
    }

    /** A layer that shares its parameters, or one of them, with other layers: tied weights. */
    public static Linear sharing(Parameter weight, Parameter bias) {
        return new Linear(weight, Optional.of(bias));
    }

    /** A layer without bias that shares its weight with other layers. */
    public static Linear sharing(Parameter weight) {
        return new Linear(weight, Optional.empty());
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() > 2 && x.dim(-1) != in() && x.size() == (long) x.dim(0) * in()) {
            throw new ShapeException("linear: needs [..., " + in() + "], not " + x.shape()
                    + "; put a Flatten before the layer");
        }
        var now = weight.state();
        return mode.isSparse() && now.mask() != null && sparsePays(now.mask(), x)
                ? now.mask().pattern().linear(x, now.value(), shift())
                : x.linear(now.value(), shift());
    }

    private Tensor shift() {
        return bias.isPresent() ? bias.get().value() : zeros;
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

    /** The bias, [out], if there is one. */
    public Optional<Parameter> bias() {
        return bias;
    }

    /** How many inputs there are. */
    @Override
    public int in() {
        return weight.shape().dim(1);
    }

    /** How many neurons there are. */
    public int out() {
        return weight.shape().dim(0);
    }

    @Override
    public List<Parameter> ownParameters() {
        return bias.isPresent() ? List.of(weight, bias.get()) : List.of(weight);
    }

    @Override
    public Dependency dependency() {
        return new Dependency.Dense(weight, bias);
    }

    @Override
    public void compile(Steps steps) {
        steps.linear(weight.value().detach(), shift().detach());
    }

    @Override
    public LayerConfig config() {
        return config(in(), out());
    }

    @Override
    public LayerConfig narrowed(int[] inputs, int[] outputs) {
        return config(inputs.length, outputs.length);
    }

    private LayerConfig config(int in, int out) {
        var config = LayerConfig.of("linear").with("in", in).with("out", out);
        return bias.isPresent() ? config : config.with(BIAS, false);
    }

    static Linear build(Blueprint plan) throws FormatException {
        int out = plan.size("out");
        var weight = plan.parameter("weight", out, plan.size("in"));
        boolean biased = !plan.attributes().has(BIAS) || plan.attributes().bool(BIAS);
        return new Linear(weight, biased ? Optional.of(plan.parameter(BIAS, out)) : Optional.empty());
    }

    @Override
    public String shortName() {
        return "fc";
    }

    /** For example {@code Linear(784 → 300)}. */
    @Override
    public String toString() {
        return "Linear(" + in() + " → " + out() + (bias.isPresent() ? ")" : ", no bias)");
    }
}

package org.espalier.nn;

import java.util.List;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * A fully connected layer: x·Wᵀ + b, from [..., in] to [..., out]. The weight is [out, in]: row i belongs to neuron i.
 * Starts at zero; {@link Layer#initialize} draws the weights.
 */
public final class Linear implements Layer {
    private final Parameter weight;
    private final Parameter bias;

    private Linear(Tensor weight, Tensor bias) {
        this.weight = Parameter.of("weight", weight);
        this.bias = Parameter.of("bias", bias);
    }

    /** A layer of {@code out} neurons over {@code in} inputs. */
    public static Linear of(int in, int out) {
        return new Linear(Tensor.zeros(Shape.of(out, in)), Tensor.zeros(Shape.of(out)));
    }

    /** A layer with a given weight [out, in] and bias [out]. */
    public static Linear of(Tensor weight, Tensor bias) {
        if (weight.rank() != 2 || !bias.shape().equals(Shape.of(weight.dim(0)))) {
            throw new org.espalier.tensor.ShapeException(
                    "linear: needs weight [out, in] and bias [out]: " + weight.shape() + " and " + bias.shape());
        }
        return new Linear(weight, bias);
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        return x.linear(weight.value(), bias.value());
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

    /** For example {@code Linear(784 → 300)}. */
    @Override
    public String toString() {
        return "Linear(" + in() + " → " + out() + ")";
    }
}

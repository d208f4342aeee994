package org.espalier.nn;

import java.util.List;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.kernel.Moments;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Normalizes each row [..., features] to mean 0 and variance 1, then scales and shifts each feature:
 * (x − mean) / √(variance + ε)·weight + bias, with the variance of the population (Ba, Kiros and Hinton 2016, arXiv
 * 1607.06450). Rows do not influence each other; training and inference are the same. The weight starts at 1.
 */
public final class LayerNorm implements Layer {
    /** The ε that is used unless another is given. */
    public static final float EPSILON = 1e-5f;

    private final Parameter weight;
    private final Parameter bias;
    private final float epsilon;

    private LayerNorm(Parameter weight, Parameter bias, float epsilon) {
        if (!(epsilon >= 0 && epsilon < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("layer norm: epsilon must be finite and not negative: " + epsilon);
        }
        this.weight = weight;
        this.bias = bias;
        this.epsilon = epsilon;
    }

    /** A layer for rows of {@code features} elements. */
    public static LayerNorm of(int features) {
        return of(features, EPSILON);
    }

    /** A layer with another ε; throws {@link IllegalArgumentException} if it is negative or not finite. */
    public static LayerNorm of(int features, float epsilon) {
        var shape = Shape.of(features);
        return new LayerNorm(
                Parameter.of("weight", Tensor.full(shape, 1)), Parameter.of("bias", Tensor.zeros(shape)), epsilon);
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() == 0 || x.dim(-1) != features()) {
            throw new ShapeException("layer norm: needs [..., " + features() + "], not " + x.shape());
        }
        return x.normalize(epsilon).times(weight.value()).plus(bias.value());
    }

    /** The length of a row. */
    public int features() {
        return weight.size();
    }

    /** What is added to the variance. */
    public float epsilon() {
        return epsilon;
    }

    /** The scale of each feature, [features]. */
    public Parameter weight() {
        return weight;
    }

    /** The shift of each feature, [features]. */
    public Parameter bias() {
        return bias;
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(weight, bias);
    }

    @Override
    public Dependency dependency() {
        return new Dependency.Coupled(ownParameters(), Optional.of(weight));
    }

    @Override
    public void compile(Steps steps) {
        steps.rows(new Normalize(Storage.array(weight.value()), Storage.array(bias.value()), epsilon));
    }

    /** The same bits as the layer's: moments in double precision. */
    private record Normalize(float[] weight, float[] bias, float epsilon) implements Step {
        @Override
        public int in() {
            return weight.length;
        }

        @Override
        public int out() {
            return weight.length;
        }

        @Override
        public long bytes() {
            return 8L * weight.length;
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            int n = weight.length;
            for (int row = 0; row < rows; row++) {
                normalize(x, xo + row * n, y, yo + row * n);
            }
        }

        private void normalize(float[] x, int from, float[] y, int to) {
            int n = weight.length;
            double mean = Moments.sum(x, from, n) / n;
            double scale = 1 / Math.sqrt(Moments.squares(x, from, n, mean) / n + epsilon);
            for (int i = 0; i < n; i++) {
                y[to + i] = (float) ((x[from + i] - mean) * scale) * weight[i] + bias[i];
            }
        }

        @Override
        public String toString() {
            return "layer norm(" + in() + ")";
        }
    }

    @Override
    public String shortName() {
        return "ln";
    }

    @Override
    public LayerConfig narrowed(int[] inputs, int[] outputs) {
        return config().with("features", outputs.length);
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("layer_norm").with("features", features()).with("epsilon", epsilon);
    }

    static LayerNorm build(Blueprint plan) throws FormatException {
        int features = plan.size("features");
        return new LayerNorm(
                plan.parameter("weight", features), plan.parameter("bias", features), plan.number("epsilon"));
    }

    /** For example {@code LayerNorm(300)}. */
    @Override
    public String toString() {
        return "LayerNorm(" + features() + ")";
    }
}

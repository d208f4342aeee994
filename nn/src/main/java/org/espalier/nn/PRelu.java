package org.espalier.nn;

import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * ReLU with learned slopes for negative values: x where x &gt; 0, otherwise weight·x, with a weight for each feature or
 * one for all (He, Zhang, Ren and Sun 2015, arXiv 1502.01852). Weights start at ¼.
 */
public final class PRelu implements Layer {
    private static final float START = 0.25f;

    private final Parameter weight;

    private PRelu(Parameter weight) {
        if (weight.shape().rank() != 1 || weight.size() == 0) {
            throw new ShapeException("PReLU: needs a weight [features] or [1], not " + weight.shape());
        }
        this.weight = weight;
    }

    /** A layer for rows of {@code features} elements; with 1, one slope for rows of any length. */
    public static PRelu of(int features) {
        return of(Tensor.full(Shape.of(features), START));
    }

    /** A layer with given slopes, [features] or [1]. */
    public static PRelu of(Tensor weight) {
        return new PRelu(Parameter.of("weight", weight));
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (weight.size() > 1 && (x.rank() == 0 || x.dim(-1) != weight.size())) {
            throw new ShapeException("PReLU: needs x [..., " + weight.size() + "], not " + x.shape());
        }
        return x.relu().minus(x.negate().relu().times(weight.value()));
    }

    /** The slopes, [features] or [1]. */
    public Parameter weight() {
        return weight;
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(weight);
    }

    @Override
    public Dependency dependency() {
        return weight.size() == 1 ? Dependency.elementwise() : Dependency.elementwise(weight);
    }

    @Override
    public void compile(Steps steps) {
        steps.rows(new Slopes(weight.size() == 1 ? steps.width() : weight.size(), Storage.array(weight.value())));
    }

    private record Slopes(int in, float[] weight) implements Step {
        @Override
        public int out() {
            return in;
        }

        @Override
        public long bytes() {
            return 4L * weight.length;
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            for (int i = 0; i < rows * in; i++) {
                float value = x[xo + i];
                y[yo + i] = Math.max(value, 0f) - Math.max(-value, 0f) * weight[i % weight.length];
            }
        }

        @Override
        public String toString() {
            return "PReLU(" + in + ")";
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("prelu").with("features", weight.size());
    }

    @Override
    public LayerConfig narrowed(int[] inputs, int[] outputs) {
        return weight.size() == 1 ? config() : config().with("features", outputs.length);
    }

    static PRelu build(Blueprint plan) throws FormatException {
        return new PRelu(plan.parameter("weight", plan.size("features")));
    }

    /** For example {@code PRelu(300)}. */
    @Override
    public String toString() {
        return "PRelu(" + weight.size() + ")";
    }
}

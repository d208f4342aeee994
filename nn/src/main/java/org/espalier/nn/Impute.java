package org.espalier.nn;

import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Replaces missing values, which are NaN, by a given value of each feature. The values are not trained. */
public final class Impute implements Layer {
    private final Parameter value;

    private Impute(Parameter value) {
        if (value.shape().rank() != 1) {
            throw new ShapeException("impute: needs values [features], not " + value.shape());
        }
        this.value = value;
    }

    /** The values that take the place of missing ones, such as means or medians, [features]. */
    public static Impute of(Tensor values) {
        return new Impute(Parameter.buffer("value", values));
    }

    /**
     * As {@link #of}, with features behind the others that say whether a value was missing: 1 if so, else 0.
     *
     * @param features the indices of the features to say this of
     */
    public static Layer withIndicators(Tensor values, int... features) {
        return Concat.of(
                of(values), Sequential.of(FeatureSelect.of(values.size(), features), new MissingIndicator()));
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() == 0 || x.dim(-1) != in()) {
            throw new ShapeException("impute: needs x [..., " + in() + "], not " + x.shape());
        }
        return Tensor.where(x.notEqualTo(x), value.value().expand(x.shape()), x);
    }

    /** The values, [features]. */
    public Parameter value() {
        return value;
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(value);
    }

    @Override
    public Dependency dependency() {
        return Dependency.elementwise(value);
    }

    @Override
    public void compile(Steps steps) {
        steps.rows(new Fill(Storage.array(value.value())));
    }

    private record Fill(float[] value) implements Step {
        @Override
        public int in() {
            return value.length;
        }

        @Override
        public int out() {
            return value.length;
        }

        @Override
        public long bytes() {
            return 4L * value.length;
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < value.length; i++) {
                    float given = x[xo + row * value.length + i];
                    y[yo + row * value.length + i] = Float.isNaN(given) ? value[i] : given;
                }
            }
        }

        @Override
        public String toString() {
            return "impute(" + in() + ")";
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("impute").with("features", in());
    }

    @Override
    public LayerConfig narrowed(int[] inputs, int[] outputs) {
        return config().with("features", outputs.length);
    }

    static Impute build(Blueprint plan) throws FormatException {
        return new Impute(plan.buffer("value", plan.size("features")));
    }

    /** For example {@code Impute(20)}. */
    @Override
    public String toString() {
        return "Impute(" + in() + ")";
    }
}

package org.espalier.nn;

import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A fixed affine map of each feature, (x − center)·scale + shift: standardization as a part of the model. Its numbers
 * are not trained.
 */
public final class Scale implements Layer {
    private final Parameter center;
    private final Parameter scale;
    private final Parameter shift;

    private Scale(Parameter center, Parameter scale, Parameter shift) {
        if (scale.shape().rank() != 1 || !center.shape().equals(scale.shape())
                || !shift.shape().equals(scale.shape())) {
            throw new ShapeException("scale: center, scale and shift must be [features], not " + center.shape() + ", "
                    + scale.shape() + " and " + shift.shape());
        }
        this.center = center;
        this.scale = scale;
        this.shift = shift;
    }

    /** x·scale + shift, both [features]. */
    public static Scale of(Tensor scale, Tensor shift) {
        return of(Tensor.zeros(scale.shape()), scale, shift);
    }

    /** (x − center)·scale + shift, all [features]. */
    public static Scale of(Tensor center, Tensor scale, Tensor shift) {
        return new Scale(
                Parameter.buffer("center", center), Parameter.buffer("scale", scale), Parameter.buffer("shift", shift));
    }

    /**
     * (x − mean) / standard deviation; a constant feature, of standard deviation 0, is only centered.
     *
     * @param mean [features]
     * @param deviation standard deviations, [features]
     */
    public static Scale standardize(Tensor mean, Tensor deviation) {
        float[] scale = deviation.toArray();
        for (int i = 0; i < scale.length; i++) {
            scale[i] = scale[i] == 0 ? 1 : 1 / scale[i];
        }
        return of(mean, Tensor.of(deviation.shape(), scale), Tensor.zeros(mean.shape()));
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() == 0 || x.dim(-1) != in()) {
            throw new ShapeException("scale: needs x [..., " + in() + "], not " + x.shape());
        }
        return x.minus(center.value()).times(scale.value()).plus(shift.value());
    }

    /** What is subtracted first, [features]. */
    public Parameter center() {
        return center;
    }

    /** The factors, [features]. */
    public Parameter scale() {
        return scale;
    }

    /** What is added last, [features]. */
    public Parameter shift() {
        return shift;
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(center, scale, shift);
    }

    @Override
    public Dependency dependency() {
        return Dependency.elementwise(center, scale, shift);
    }

    @Override
    public void compile(Steps steps) {
        steps.rows(new Affine(
                Storage.array(center.value()), Storage.array(scale.value()), Storage.array(shift.value())));
    }

    private record Affine(float[] center, float[] scale, float[] shift) implements Step {
        @Override
        public int in() {
            return scale.length;
        }

        @Override
        public int out() {
            return scale.length;
        }

        @Override
        public long bytes() {
            return 12L * scale.length;
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            int n = scale.length;
            for (int row = 0; row < rows; row++) {
                int from = xo + row * n;
                int to = yo + row * n;
                for (int i = 0; i < n; i++) {
                    y[to + i] = (x[from + i] - center[i]) * scale[i] + shift[i];
                }
            }
        }

        @Override
        public String toString() {
            return "scale(" + in() + ")";
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("scale").with("features", in());
    }

    @Override
    public LayerConfig narrowed(int[] inputs, int[] outputs) {
        return config().with("features", outputs.length);
    }

    static Scale build(Blueprint plan) throws FormatException {
        int features = plan.size("features");
        return new Scale(
                plan.buffer("center", features), plan.buffer("scale", features), plan.buffer("shift", features));
    }

    /** For example {@code Scale(20)}. */
    @Override
    public String toString() {
        return "Scale(" + in() + ")";
    }
}

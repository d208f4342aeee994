package org.espalier.nn;

import java.util.Arrays;
import org.espalier.io.FormatException;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * Passes on chosen features: from [..., in] to [..., out], feature k of the result being feature {@code indices[k]} of
 * the input. A shrunk model starts with one, so that it still takes the inputs it was trained on. It has no parameters.
 */
public final class FeatureSelect implements Layer {
    private final int in;
    private final int[] indices;

    private FeatureSelect(int in, int[] indices) {
        this.in = in;
        this.indices = indices;
    }

    /**
     * A choice among {@code in} features, in the order given; a feature may be chosen more than once.
     *
     * @throws ShapeException if an index is not within {@code in}
     */
    public static FeatureSelect of(int in, int... indices) {
        for (int index : indices) {
            if (index < 0 || index >= in) {
                throw new ShapeException("select: index " + index + " is not within " + in + " features");
            }
        }
        return new FeatureSelect(in, indices.clone());
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() == 0 || x.dim(-1) != in) {
            throw new ShapeException("select: needs x [..., " + in + "], was given " + x.shape());
        }
        return x.gather(-1, indices);
    }

    /** How many features come in. */
    @Override
    public int in() {
        return in;
    }

    /** How many are passed on. */
    public int out() {
        return indices.length;
    }

    /** Which ones, in order; a copy. */
    public int[] indices() {
        return indices.clone();
    }

    @Override
    public Dependency dependency() {
        return new Dependency.Selected(indices);
    }

    @Override
    public void compile(Steps steps) {
        steps.rows(new Pick(in, indices));
    }

    private record Pick(int in, int[] indices) implements Step {
        @Override
        public int out() {
            return indices.length;
        }

        @Override
        public long bytes() {
            return 4L * indices.length;
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            for (int row = 0; row < rows; row++) {
                int from = xo + row * in;
                int to = yo + row * indices.length;
                for (int i = 0; i < indices.length; i++) {
                    y[to + i] = x[from + indices[i]];
                }
            }
        }

        @Override
        public String toString() {
            return "select(" + in + " → " + out() + ")";
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("select").with("in", in).with("indices", indices);
    }

    @Override
    public LayerConfig narrowed(int[] inputs, int[] outputs) {
        var chosen = new int[outputs.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = Arrays.binarySearch(inputs, indices[outputs[i]]);
        }
        return LayerConfig.of("select").with("in", inputs.length).with("indices", chosen);
    }

    static FeatureSelect build(Blueprint plan) throws FormatException {
        return of(plan.size("in"), plan.sizes("indices"));
    }

    @Override
    public String shortName() {
        return "select";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureSelect select && in == select.in && Arrays.equals(indices, select.indices);
    }

    @Override
    public int hashCode() {
        return 31 * in + Arrays.hashCode(indices);
    }

    /** For example {@code FeatureSelect(784 → 512)}. */
    @Override
    public String toString() {
        return "FeatureSelect(" + in + " → " + indices.length + ")";
    }
}
